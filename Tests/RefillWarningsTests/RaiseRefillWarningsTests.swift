import Dispensing
import Foundation
import LongPrescriptions
import Migrations
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import RefillWarnings

/// What tests of warnings do with plans.
extension PlanBench {
    @discardableResult
    func warn(_ place: StoreID? = nil, through connections: Database? = nil) async throws -> RaiseRefillWarnings.Outcome {
        let (verb, id, now) = (RaiseRefillWarnings(store: place ?? store), consortium.id, now)
        return try await (connections ?? database.application).write(as: id.tenant) { try verb.run(in: $0, of: id, at: now) }
    }

    func open(_ filter: RefillWarningFilter = RefillWarningFilter(), for person: Principal? = nil) async throws -> [RefillWarning] {
        let person = person ?? consortium.officer
        return try await read { try RefillWarningReadings($0, for: person).open(filter, limit: 100) }
    }

    func history(_ plan: LongPlanID) async throws -> [RefillWarning] {
        try await read { [pharmacist] in try RefillWarningReadings($0, for: pharmacist).history(of: plan) }
    }
}

@Suite("Raising early warnings")
struct RaiseRefillWarningsTests {
    private typealias Outcome = RaiseRefillWarnings.Outcome

    /// A plan of instalments of twenty days whose first one is due today and set aside.
    private func begun(_ bench: PlanBench) async throws -> LongPlanID {
        try await bench.stock(20)
        return try await bench.plan()
    }

    @Test("an instalment in twenty days that is not there is warned of, once; what is set aside and what is far never is")
    func raised() async throws {
        try await withPlanBench { bench in
            let plan = try await begun(bench)
            #expect(try await bench.warn() == Outcome(raised: 1, changed: 0, resolved: 0))
            #expect(try await bench.warn() == Outcome(raised: 0, changed: 0, resolved: 0))
            let warning = try #require(try await bench.open().first)
            #expect(warning.plan == plan && warning.instalment == 2 && warning.store == bench.store)
            #expect(warning.missing == 20 && warning.quantity == 20 && warning.product.id == bench.product)
            #expect(warning.dueOn == bench.today.adding(days: 20) && warning.runsOutOn == bench.today)
            #expect(warning.raisedAt == bench.now && warning.resolvedAt == nil)
            // The third is due in forty days, and in twenty-eight after twelve of them.
            #expect(try await bench.later(days: 11).warn() == Outcome(raised: 0, changed: 0, resolved: 0))
            #expect(try await bench.later(days: 12).warn() == Outcome(raised: 1, changed: 0, resolved: 0))
        }
    }

    @Test("stock that is there, or is sent by another store, resolves it; figures follow what there is", arguments: [false, true])
    func resolvedByStock(isSent: Bool) async throws {
        try await withPlanBench { bench in
            let plan = try await begun(bench)
            try await bench.warn()
            try await bench.stock(8, batch: "B2")
            #expect(try await bench.warn() == Outcome(raised: 0, changed: 1, resolved: 0))
            #expect(try await bench.open().map(\.missing) == [12])
            if isSent {
                try await bench.stock(12, in: bench.stores[1])
                let line = ProductQuantity(product: bench.product, quantity: 12)
                try await bench.write { transaction in
                    try ShipTransfer(
                        transfer: TransferID(UUID()), from: bench.stores[1], to: bench.store, lines: [line], reason: "调剂",
                        requestID: UUID()
                    ).run(in: transaction, by: bench.consortium.officer, at: bench.now)
                }
            } else {
                try await bench.stock(12, batch: "B3")
            }
            let later = bench.later(days: 1)
            #expect(try await later.warn() == Outcome(raised: 0, changed: 0, resolved: 1))
            #expect(try await later.open().isEmpty)
            let resolved = try #require(try await later.history(plan).first)
            #expect(resolved.resolution == .met && resolved.resolvedAt == later.now && resolved.missing == 12)
        }
    }

    @Test("stock serves that lasts until the instalment is used up, its grace included", arguments: [(46, true), (47, false)])
    func expiry(expiresIn: Int, isWarned: Bool) async throws {
        try await withPlanBench { bench in
            _ = try await begun(bench)
            // Due on day 20, collected within a week, used for twenty days: through day 46.
            try await bench.stock(20, batch: "B2", expiresIn: expiresIn)
            #expect(try await bench.warn().raised == (isWarned ? 1 : 0))
        }
    }

    @Test("what others use until it is set aside does not serve", arguments: [(55, 1), (56, 0)] as [(BaseUnits, Int)])
    func others(left: BaseUnits, raised: Int) async throws {
        try await withPlanBench { bench in
            _ = try await begun(bench)
            try await bench.stock(90 + left, batch: "B2")
            let line = ProductQuantity(product: bench.product, quantity: 90)
            try await bench.write { transaction in
                _ = try IssueStock(store: bench.store, lines: [line], document: "walk-in", requestID: UUID())
                    .run(in: transaction, by: bench.consortium.officer, at: bench.now)
            }
            // Tomorrow ninety in thirty days are three a day, and in twelve days the second is set aside.
            #expect(try await bench.later(days: 1).warn().raised == raised)
        }
    }

    @Test("what is due beyond the days that are looked at now is not said to be met")
    func postponed() async throws {
        try await withPlanBench { bench in
            let plan = try await begun(bench)
            try await bench.warn()
            var terms = WarningTerms.standard
            terms.horizonDays = 19
            let (verb, id) = (RaiseRefillWarnings(store: bench.store, terms: terms), bench.consortium.id)
            #expect(try await bench.write { try verb.run(in: $0, of: id, at: bench.now) }.resolved == 1)
            #expect(try await bench.history(plan).map(\.resolution) == [.postponed])
        }
    }

    private enum End: String, CaseIterable, Sendable {
        case collected, missed, moved, suspended, alerted, stopped
    }

    @Test("what became of the instalment resolves it", arguments: End.allCases)
    private func resolvedOtherwise(end: End) async throws {
        try await withPlanBench { bench in
            let plan = try await bench.plan()
            #expect(try await bench.warn().raised == 2, "the one that is due today and the next")
            var later = bench
            switch end {
            case .collected:
                try await bench.stock(20, in: bench.stores[1])
                try await bench.collect(plan, 1, at: 1)
            case .missed:
                later = bench.later(days: 8)
                try await later.markMissed()
            case .moved: try await bench.move(plan, to: bench.stores[1])
            case .suspended: try await bench.suspend(plan)
            case .alerted: try await bench.alert(plan)
            case .stopped: try await bench.stop(plan)
            }
            let expected: [WarningResolution?] =
                switch end {
                case .collected: [nil, .collected]
                case .missed: [nil, .missed]
                case .moved: [.moved, .moved]
                case .suspended, .alerted: [.interrupted, .interrupted]
                case .stopped: [.ended, .ended]
                }
            #expect(try await later.warn().resolved == expected.count(where: { $0 != nil }))
            #expect(try await later.history(plan).map(\.resolution) == expected)
            #expect(try await later.warn() == Outcome(raised: 0, changed: 0, resolved: 0))
        }
    }

    @Test("a plan that goes on is warned of anew")
    func again() async throws {
        try await withPlanBench { bench in
            let plan = try await begun(bench)
            try await bench.warn()
            try await bench.suspend(plan)
            try await bench.warn()
            try await bench.resume(plan)
            #expect(try await bench.warn().raised == 1)
            #expect(try await bench.history(plan).map(\.resolution) == [nil, .interrupted])
        }
    }

    @Test("a plan that moved is warned of where it is now, whichever store is looked at first", arguments: [[0, 1], [1, 0]])
    func moved(order: [Int]) async throws {
        try await withPlanBench { bench in
            let plan = try await begun(bench)
            try await bench.stock(20, in: bench.stores[1])
            try await bench.warn()
            try await bench.move(plan, to: bench.stores[1])
            for place in order { try await bench.warn(bench.stores[place]) }
            #expect(try await bench.open().map(\.store) == [bench.stores[1]])
            #expect(try await bench.history(plan).map(\.resolution) == [nil, .moved])
            let stores = try await bench.read { try RaiseRefillWarnings.stores(of: bench.consortium.id, in: $0) }
            #expect(stores == [bench.stores[1]])
        }
    }

    @Test("the checks of the database find a warning that a reckoning has left open")
    func verified() async throws {
        try await withPlanBench { bench in
            let plan = try await begun(bench)
            try await bench.warn()
            try await bench.suspend(plan)
            let verification = Verification(directory: "\(repositoryRoot)/db/verify")
            func reckoned(after minutes: Int64) async throws -> Int {
                let then = Instant(microseconds: bench.now.microseconds + minutes * 60_000_000)
                try await bench.write { [store = bench.store] in
                    try $0.execute("UPDATE refill_warnings.reckoning SET reckoned_at = \(then) WHERE store_id = \(store)")
                }
                return try await verification.defects(in: bench.database.owner).count
            }
            #expect(try await reckoned(after: 10) == 0)
            #expect(try await reckoned(after: 11) == 1)
            #expect(try await bench.later(days: 1).warn().resolved == 1)
        }
    }

    @Test("another consortium sees nothing of it")
    func otherConsortium() async throws {
        try await withPlanBench { bench in
            _ = try await begun(bench)
            try await bench.warn()
            let other = try await SmallConsortium.make(in: bench.database, code: "other")
            let seen = try await bench.database.application.read(as: other.id.tenant) { transaction in
                try transaction.first(
                    """
                    SELECT (SELECT count(*) FROM refill_warnings.warning)
                           + (SELECT count(*) FROM refill_warnings.reckoning) AS rows
                    """
                ) { try $0["rows"] as Int }
            }
            #expect(seen == 0)
            // Row-level security hides what a query names by mistake, too.
            let officer = bench.consortium.officer
            let named = try await bench.database.application.read(as: other.id.tenant) {
                try RefillWarningReadings($0, for: officer).open(RefillWarningFilter(), limit: 10)
            }
            #expect(named.isEmpty)
        }
    }

    @Test("many that run at once raise once and resolve once", arguments: 0..<3)
    func race(round: Int) async throws {
        try await withPlanBench { bench in
            var plans = [try await begun(bench)]
            for _ in 0..<3 { plans.append(try await bench.plan()) }
            let pool = Database(
                DatabaseConfiguration(conninfo: bench.database.conninfo, connections: 8, role: "lianyao_application"))
            func atOnce(_ places: [StoreID]) async throws -> (raised: Int, resolved: Int) {
                try await withThrowingTaskGroup(of: Outcome.self) { group in
                    for number in 0..<8 { group.addTask { try await bench.warn(places[number % places.count], through: pool) } }
                    return try await group.reduce(into: (raised: 0, resolved: 0)) {
                        $0.raised += $1.raised
                        $0.resolved += $1.resolved
                    }
                }
            }
            // The first of the first plan is set aside; of all others the first and the second lack.
            let first = try await atOnce([bench.store])
            #expect(first == (raised: 7, resolved: 0))
            for plan in plans { try await bench.move(plan, to: bench.stores[1]) }
            let second = try await atOnce(bench.stores)
            #expect(second == (raised: 8, resolved: 7))
            #expect(try await bench.open().count == 8)
            await pool.close()
        }
    }
}
