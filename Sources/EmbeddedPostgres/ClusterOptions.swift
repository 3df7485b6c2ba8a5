/// How the private server keeps its promises, and how much of the machine it takes.
public struct ClusterOptions: Sendable, Equatable {
    /// Whether a commit survives a power failure. `false` is for data that is thrown away.
    public var isDurable: Bool
    /// Whether the log holds what a backup and an archive need.
    public var keepsLog: Bool
    public var sharedBuffersMegabytes: Int
    public var connectionsMax: Int

    /// A commit is on the disk before it is answered.
    public static let durable = ClusterOptions(isDurable: true, keepsLog: true, sharedBuffersMegabytes: 256, connectionsMax: 100)
    /// For tests: nothing waits for the disk, and a power failure loses everything.
    public static let volatile = ClusterOptions(
        isDurable: false, keepsLog: false, sharedBuffersMegabytes: 128, connectionsMax: 200)

    /// The server's settings file, written before every start.
    func settings(socketDirectory: String) -> String {
        let promise = isDurable ? "on" : "off"
        let quoted = socketDirectory.replacing("'", with: "''")
        return """
            # Written by lianyao before every start. Settings of your own belong into local.conf beside this file.
            listen_addresses = ''
            unix_socket_directories = '\(quoted)'
            unix_socket_permissions = 0700
            port = \(Cluster.port)
            max_connections = \(connectionsMax)
            shared_buffers = \(sharedBuffersMegabytes)MB
            effective_cache_size = \(sharedBuffersMegabytes * 4)MB
            work_mem = 16MB
            maintenance_work_mem = 64MB
            max_parallel_workers_per_gather = 0
            random_page_cost = 1.1
            jit = off
            fsync = \(promise)
            synchronous_commit = \(promise)
            full_page_writes = \(promise)
            wal_level = \(keepsLog ? "replica" : "minimal")
            max_wal_senders = \(keepsLog ? 4 : 0)
            max_wal_size = 1GB
            log_min_messages = warning
            log_line_prefix = '%m [%p] '
            log_checkpoints = off
            lc_messages = 'C'

            """
    }
}
