internal import CPostgres

/// What a statement brought back. Freed with its last reference; rows read from it keep it alive.
final class Result {
    private let pointer: OpaquePointer
    let count: Int32
    let columns: [String: Int32]

    /// Takes over `pointer`, which came from `PQexec` or one of its kin.
    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        count = PQntuples(pointer)
        var columns: [String: Int32] = [:]
        for column in 0..<PQnfields(pointer) {
            columns[String(cString: PQfname(pointer, column))] = column
        }
        self.columns = columns
    }

    deinit { PQclear(pointer) }

    var affected: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    func text(row: Int32, column: Int32) -> ColumnText? {
        guard PQgetisnull(pointer, row, column) == 0, let start = PQgetvalue(pointer, row, column) else { return nil }
        let length = Int(PQgetlength(pointer, row, column))
        return start.withMemoryRebound(to: UInt8.self, capacity: length) {
            ColumnText(bytes: UnsafeBufferPointer(start: $0, count: length))
        }
    }
}
