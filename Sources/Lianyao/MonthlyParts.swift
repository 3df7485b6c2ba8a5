import Postgres
import Primitives

/// The monthly parts of the tables that grow without end, made before their month begins.
struct MonthlyParts {
    static let tables = ["audit.event", "stock_ledger.entry", "platform_exchange.request", "platform_exchange.answer"]
    /// How long requests to platforms and their answers are kept.
    static let exchangeMonthsKept = 36
    static let monthsAhead = 24
    /// The advisory lock under which parts are made: "parts" in ASCII.
    private static let lock: Int64 = 0x70_6172_7473

    /// The first month to make is the one before this day's.
    let today: CalendarDate

    /// The months from the last one through two years ahead, by their first days.
    var months: [CalendarDate] { (-1...Self.monthsAhead).map { today.firstOfMonth(addingMonths: $0) } }

    /// Makes the parts that are missing. A month whose rows are in the part for all other months already stays there.
    ///
    /// - Parameter owner: connected as the owner of the tables.
    func make(in owner: Database) async throws {
        try await owner.write { transaction in
            try transaction.execute("SELECT pg_advisory_xact_lock(\(Self.lock))")
            for table in Self.tables {
                for month in months { try make(month, of: table, transaction) }
            }
        }
    }

    /// Drops the requests and answers of months that are not kept any more.
    ///
    /// - Returns: how many parts.
    @discardableResult
    func dropOld(in owner: Database) async throws -> Int {
        let before = today.firstOfMonth(addingMonths: -Self.exchangeMonthsKept)
        return try await owner.write { transaction in
            try transaction.first("SELECT platform_exchange.drop_months(\(before)) AS dropped") { try $0["dropped"] as Int } ?? 0
        }
    }

    private func make(_ month: CalendarDate, of table: String, _ transaction: Transaction) throws {
        do {
            try transaction.savepoint {
                _ = try transaction.execute("SELECT audit.make_months(\(table)::regclass, \(month), \(month))")
            }
        } catch let error as PostgresError where error.sqlState == "23514" {
            // The part for all other months holds rows of this one.
            return
        }
    }
}
