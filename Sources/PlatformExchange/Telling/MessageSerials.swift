import Postgres

/// The serials of messages in the national envelope, 0 to 9,999, one after the other for all processes that share the database
/// (codes.md §7).
struct MessageSerials {
    let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    func next() throws -> Int {
        try transaction.first("SELECT nextval('platform_exchange.message_serial') AS serial") { try $0["serial"] as Int } ?? 0
    }
}
