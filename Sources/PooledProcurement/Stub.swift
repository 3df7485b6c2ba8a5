// PooledProcurement
