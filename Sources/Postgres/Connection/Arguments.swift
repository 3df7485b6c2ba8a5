/// The values of a statement as libpq takes them: one block of memory, and where each value stands in it.
struct Arguments {
    /// Begins with a byte of its own, so that it has an address also without values.
    private var bytes: [UInt8] = [0]
    /// -1 for NULL.
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    var count: Int32 { Int32(offsets.count) }

    /// - Throws: ``PostgresError`` `misuse` when a text holds a zero byte, which PostgreSQL's cannot.
    init(_ values: [SQLValue], of label: StatementLabel) throws(PostgresError) {
        for value in values {
            switch value.form {
            case .null:
                offsets.append(-1)
                lengths.append(0)
                formats.append(0)
            case .text(let text):
                let start = bytes.count
                bytes += text.utf8
                guard !bytes[start...].contains(0) else {
                    throw PostgresError(.misuse, label, message: "a value holds a zero byte, which text cannot")
                }
                bytes.append(0)
                offsets.append(start)
                lengths.append(0)
                formats.append(0)
            case .binary(let content):
                offsets.append(bytes.count)
                lengths.append(Int32(clamping: content.count))
                formats.append(1)
                bytes += content
            }
        }
    }

    /// Lends the values, their lengths and their formats.
    func withPointers<Answer>(_ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Answer) -> Answer {
        bytes.withUnsafeBytes { block in
            let start = block.baseAddress?.assumingMemoryBound(to: CChar.self)
            return body(offsets.map { $0 < 0 ? nil : start?.advanced(by: $0) }, lengths, formats)
        }
    }
}
