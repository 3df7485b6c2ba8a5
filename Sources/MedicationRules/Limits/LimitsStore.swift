import Postgres
import Primitives

/// Every SQL statement about limits.
struct LimitsStore {
    private let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    /// What stands side by side for a consortium.
    func resolution(for consortium: ConsortiumID) throws -> LimitResolution {
        let regions = [Region.country] + (try region(of: consortium)?.codes ?? [])
        let regional = try transaction.query(
            """
            SELECT key, scope, region, value, valid_from, valid_through, source
              FROM medication_rules.limit_value WHERE region = ANY(\(regions))
            """
        ) { row in
            try LimitValue(
                key: row["key"], scope: row["scope"], region: row["region"], value: row["value"], validFrom: row["valid_from"],
                validThrough: row["valid_through"], source: row["source"])
        }
        let own = try transaction.query(
            """
            SELECT key, value, valid_from, valid_through, reason
              FROM medication_rules.consortium_limit WHERE consortium_id = \(consortium) ORDER BY limit_id DESC
            """
        ) { row in
            try LimitValue(
                key: row["key"], scope: .consortium, region: "", value: row["value"], validFrom: row["valid_from"],
                validThrough: row["valid_through"], source: row["reason"])
        }
        return LimitResolution(regional: regional, own: own)
    }

    func region(of consortium: ConsortiumID) throws -> Region? {
        try transaction.first(
            "SELECT region FROM medication_rules.practice_region WHERE consortium_id = \(consortium)"
        ) { Region(try $0["region"]) } ?? nil
    }

    func set(_ region: Region, by principal: Principal, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO medication_rules.practice_region (consortium_id, region, declared_by_id, declared_at)
            VALUES (\(principal.consortium), \(region.code), \(principal.person), \(now))
            ON CONFLICT (consortium_id) DO UPDATE
               SET region = excluded.region, declared_by_id = excluded.declared_by_id, declared_at = excluded.declared_at
            """)
    }

    func add(_ limit: LimitValue, by principal: Principal, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO medication_rules.consortium_limit
                   (consortium_id, key, value, valid_from, valid_through, reason, set_by_id, set_at)
            VALUES (\(principal.consortium), \(limit.key), \(Int32(limit.value)), \(limit.validFrom), \(limit.validThrough),
                    \(limit.source), \(principal.person), \(now))
            """)
    }

    /// Puts a region's limit beside the others; one that begins on the same day is replaced.
    func put(_ limit: LimitValue) throws {
        try transaction.execute(
            """
            INSERT INTO medication_rules.limit_value (key, scope, region, value, valid_from, valid_through, source)
            VALUES (\(limit.key), \(limit.scope), \(limit.region), \(Int32(limit.value)), \(limit.validFrom),
                    \(limit.validThrough), \(limit.source))
            ON CONFLICT (key, region, valid_from) DO UPDATE
               SET value = excluded.value, valid_through = excluded.valid_through, source = excluded.source
            """)
    }
}
