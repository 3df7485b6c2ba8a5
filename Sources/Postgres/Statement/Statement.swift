/// A statement together with what is made of its result: one of several that ``Transaction/pipeline(_:file:line:)``
/// sends at once.
public struct Statement<Answer> {
    let sql: SQL
    let read: (Result) throws -> Answer

    /// A statement whose rows are read one by one.
    public static func rows<Value>(_ sql: SQL, _ read: @escaping (Row) throws -> Value) -> Statement where Answer == [Value] {
        Statement(sql: sql) { result in try (0..<result.count).map { try read(Row(result: result, number: $0)) } }
    }

    /// A statement whose first row is read; `nil` when it brings none.
    public static func first<Value>(_ sql: SQL, _ read: @escaping (Row) throws -> Value) -> Statement where Answer == Value? {
        Statement(sql: sql) { result in result.count == 0 ? nil : try read(Row(result: result, number: 0)) }
    }

    /// A statement whose rows do not matter; the answer is how many it inserted, changed, deleted or selected.
    public static func affected(_ sql: SQL) -> Statement where Answer == Int {
        Statement(sql: sql) { $0.affected }
    }
}
