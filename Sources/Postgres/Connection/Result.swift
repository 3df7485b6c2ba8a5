internal import CPostgres

/// The columns of a result: their names, types, and where each name stands.
final class Columns {
    let numbers: [String: Int32]
    let types: [SQLType]
    let isBinaryWorthwhile: Bool

    init(_ pointer: OpaquePointer) {
        let count = PQnfields(pointer)
        var numbers: [String: Int32] = [:]
        for column in 0..<count {
            numbers[String(cString: PQfname(pointer, column))] = column
        }
        self.numbers = numbers
        types = (0..<count).map { SQLType(rawValue: PQftype(pointer, $0)) }
        isBinaryWorthwhile = BinaryForm.isWorthwhile(types)
    }
}

/// What a statement brought back. Freed with its last reference; rows read from it keep it alive.
final class Result {
    private let pointer: OpaquePointer
    let count: Int32
    let columns: Columns
    private let isBinary: Bool

    /// Takes over `pointer`, which came from `PQexec` or one of its kin.
    ///
    /// - Parameter columns: those of an earlier result of the same prepared statement; the server refuses to run it
    ///   when they change.
    init(_ pointer: OpaquePointer, columns: Columns? = nil) {
        self.pointer = pointer
        count = PQntuples(pointer)
        self.columns = columns ?? Columns(pointer)
        isBinary = PQnfields(pointer) > 0 && PQfformat(pointer, 0) == 1
    }

    deinit { PQclear(pointer) }

    var affected: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    func text(row: Int32, column: Int32) -> ColumnText? {
        guard PQgetisnull(pointer, row, column) == 0, let start = PQgetvalue(pointer, row, column) else { return nil }
        let length = Int(PQgetlength(pointer, row, column))
        return start.withMemoryRebound(to: UInt8.self, capacity: length) {
            ColumnText(
                bytes: UnsafeBufferPointer(start: $0, count: length), binaryType: isBinary ? columns.types[Int(column)] : nil)
        }
    }
}
