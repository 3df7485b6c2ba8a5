import Dispensing
import MedicationRules
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Limits by region and day")
struct LimitSettingsTests {
    static let today = Instant.ofTests.businessDay

    static func value(
        _ key: LimitKey, for small: SmallConsortium, on day: CalendarDate, in database: TestDatabase
    ) async throws -> Int? {
        try await database.application.read(as: small.id.tenant) { try LimitSettings($0).limits(of: small.id, on: day)[key] }
    }

    static func set(
        _ key: LimitKey, _ value: Int, from: Int = 0, through: Int? = nil, reason: String = "药事会决议", by small: SmallConsortium,
        in database: TestDatabase
    ) async throws {
        try await database.application.write(as: small.id.tenant) { transaction in
            try SetLimit(
                key: key, value: value, validFrom: today.adding(days: from), validThrough: through.map { today.adding(days: $0) },
                reason: reason
            ).run(in: transaction, by: small.officer, at: .ofTests)
        }
    }

    @Test("the national values are those of the program, also where the norms' limits are used")
    func national() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let limits = try await database.application.read(as: small.id.tenant) {
                try LimitSettings($0).limits(of: small.id, on: Self.today)
            }
            #expect(limits == LimitKey.nationalValues)
            #expect(PrescriptionLimits(limits) == .national)
            let inForce = try await database.application.read(as: small.id.tenant) {
                try LimitSettings($0).inForce(for: small.id, on: Self.today)
            }
            #expect(inForce.map(\.key) == LimitKey.allCases && inForce.allSatisfy { $0.scope == .national && $0.source == $0.key.source })
        }
    }

    /// Those that are terms of instalments, or asked by a clinical rule, and shown to reach them elsewhere.
    private static let others: Set<LimitKey> = [
        .longColdStorage, .instalmentDaysMost, .instalmentEarlyDays, .instalmentGraceDays, .followUpDays, .assessmentDaysMost,
        .reserveDays,
    ]

    @Test("every limit reaches the rules of prescriptions")
    func eachReachesTheRules() {
        for key in LimitKey.allCases where !Self.others.contains(key) {
            #expect(PrescriptionLimits([key: key.national + 1]) != .national, "\(key.rawValue)")
        }
    }

    @Test("the most specific region counts on its days")
    func scopes() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            // region, value, first and last day from today
            let rows: [(String, Int, Int, Int?)] = [
                ("150000", 56, -10, nil), ("150000", 60, 10, 20), ("150600", 30, 5, 12), ("110000", 14, -100, nil),
            ]
            try await database.owner.write { transaction in
                for (region, value, from, through) in rows {
                    try PutRegionalLimit(
                        key: .longDaysMost, region: region, value: value, validFrom: Self.today.adding(days: from),
                        validThrough: through.map { Self.today.adding(days: $0) }, source: "省卫健委通知"
                    ).run(in: transaction)
                }
            }
            #expect(try await Self.value(.longDaysMost, for: small, on: Self.today, in: database) == 84)
            try await database.application.write(as: small.id.tenant) { transaction in
                try DeclareRegion(region: "150625").run(in: transaction, by: small.officer, at: .ofTests)
            }
            let expected: [(Int, Int)] = [(-11, 84), (-10, 56), (0, 56), (4, 56), (5, 30), (12, 30), (13, 60), (20, 60), (21, 56)]
            for (day, value) in expected {
                let found = try await Self.value(.longDaysMost, for: small, on: Self.today.adding(days: day), in: database)
                #expect(found == value, "day \(day)")
            }
            // Another consortium is elsewhere.
            let other = try await SmallConsortium.make(in: database, code: "other")
            #expect(try await Self.value(.longDaysMost, for: other, on: Self.today, in: database) == 84)
        }
    }

    @Test("a consortium sets its own, on its days; the last set counts; another's is not seen")
    func own() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            try await Self.set(.longDaysMost, 56, from: 1, through: 10, by: small, in: database)
            try await Self.set(.longDaysMost, 42, from: 3, through: 5, by: small, in: database)
            for (day, value) in [(0, 84), (1, 56), (2, 56), (3, 42), (5, 42), (6, 56), (10, 56), (11, 84)] {
                let on = Self.today.adding(days: day)
                #expect(try await Self.value(.longDaysMost, for: small, on: on, in: database) == value, "day \(day)")
                #expect(try await Self.value(.longDaysMost, for: other, on: on, in: database) == 84)
            }
        }
    }

    @Test("a hard limit is never looser than the region's, neither when it is set nor when the region's comes later")
    func hard() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            await expectRefusal("medication-rules.limit-looser") { try await Self.set(.longDaysMost, 85, by: small, in: database) }
            try await Self.set(.longDaysMost, 84, by: small, in: database)
            // A soft one may be: its rule asks for a reason only.
            try await Self.set(.ordinaryDays, 14, by: small, in: database)
            #expect(try await Self.value(.ordinaryDays, for: small, on: Self.today, in: database) == 14)
            try await database.application.write(as: small.id.tenant) { transaction in
                try DeclareRegion(region: "150600").run(in: transaction, by: small.officer, at: .ofTests)
            }
            try await Self.set(.longDays, 28, by: small, in: database)
            try await database.owner.write { transaction in
                try PutRegionalLimit(
                    key: .longDays, region: "150000", value: 14, validFrom: Self.today.adding(days: 5), validThrough: nil,
                    source: "通知"
                ).run(in: transaction)
            }
            for (day, value) in [(0, 28), (4, 28), (5, 14)] {
                #expect(try await Self.value(.longDays, for: small, on: Self.today.adding(days: day), in: database) == value)
            }
            // Looser from the fifth day on only.
            await expectRefusal("medication-rules.limit-looser") { try await Self.set(.longDays, 20, by: small, in: database) }
            try await Self.set(.longDays, 20, through: 4, by: small, in: database)
            await expectRefusal("medication-rules.limit-looser") { try await Self.set(.longDays, 20, through: 5, by: small, in: database) }
        }
    }

    @Test("what makes no sense is refused, and nobody but a supervisor sets limits")
    func refusals() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            for value in [0, 367] {
                await expectRefusal("medication-rules.limit-out-of-range") {
                    try await Self.set(.ordinaryDays, value, by: small, in: database)
                }
            }
            for (from, through) in [(-1, nil), (2, 1)] as [(Int, Int?)] {
                await expectRefusal("medication-rules.limit-period-invalid") {
                    try await Self.set(.ordinaryDays, 7, from: from, through: through, by: small, in: database)
                }
            }
            await expectRefusal("medication-rules.reason-missing") {
                try await Self.set(.ordinaryDays, 7, reason: " ", by: small, in: database)
            }
            for region in ["", "15060", "015060", "15060a", "１５０６００"] {
                await expectRefusal("medication-rules.region-invalid") {
                    try await database.application.write(as: small.id.tenant) { transaction in
                        try DeclareRegion(region: region).run(in: transaction, by: small.officer, at: .ofTests)
                    }
                }
            }
            await expectRefusal("identity.role-missing") {
                try await database.application.write(as: small.id.tenant) { transaction in
                    try SetLimit(key: .ordinaryDays, value: 7, validFrom: Self.today, reason: "x")
                        .run(in: transaction, by: small.storekeepers[0], at: .ofTests)
                }
            }
            await expectRefusal("identity.role-missing") {
                try await database.application.write(as: small.id.tenant) { transaction in
                    try DeclareRegion(region: "150600").run(in: transaction, by: small.storekeepers[0], at: .ofTests)
                }
            }
        }
    }

    @Test(
        "a region's limit is of a province or a city",
        arguments: [
            ("150625", 7, 0, "x", "medication-rules.region-invalid"), ("000000", 7, 0, "x", "medication-rules.region-invalid"),
            ("150000", 0, 0, "x", "medication-rules.limit-out-of-range"), ("150000", 7, -1, "x", "medication-rules.limit-period-invalid"),
            ("150000", 7, 0, "", "medication-rules.reason-missing"),
        ])
    func regional(region: String, value: Int, lasting: Int, source: String, code: String) async throws {
        try await withTestDatabase { database in
            await expectRefusal(code) {
                try await database.owner.write { transaction in
                    try PutRegionalLimit(
                        key: .ordinaryDays, region: region, value: value, validFrom: Self.today,
                        validThrough: Self.today.adding(days: lasting), source: source
                    ).run(in: transaction)
                }
            }
        }
    }
}
