// Requisitions
