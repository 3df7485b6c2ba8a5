import Foundation
import LongPrescriptions
import Primitives
import TestSupport
import Testing

@testable import RefillWarnings

@Suite("From open warnings to what the outlook says")
struct WarningChangesTests {
    private let plan = LongPlanID(UUID())
    private let here = StoreID(1)
    private let today = Instant.ofTests.businessDay

    private func unmet(_ number: Int, missing: BaseUnits = 28, due: Int = 20, runsOut: Int = 0) -> UnmetRefill {
        UnmetRefill(
            plan: plan, instalment: number, product: ProductID(1), dueOn: today.adding(days: due), quantity: 28, missing: missing,
            runsOutOn: today.adding(days: runsOut))
    }

    private func open(
        _ id: Int64, _ number: Int, missing: BaseUnits = 28, due: Int = 20, runsOut: Int = 0, at store: StoreID = StoreID(1)
    ) -> OpenWarning {
        OpenWarning(
            id: RefillWarningID(id), plan: plan, instalment: number, product: ProductID(1), store: store, missing: missing,
            dueOn: today.adding(days: due), runsOutOn: today.adding(days: runsOut))
    }

    private func changes(_ open: [OpenWarning], _ unmet: [UnmetRefill]) -> WarningChanges {
        WarningChanges(from: open, to: unmet, at: here, today: today)
    }

    @Test("what is new is raised, what is gone is resolved, what is as it was stays")
    func raisesAndResolves() {
        let changes = changes([open(1, 1), open(2, 2)], [unmet(2), unmet(3)])
        #expect(changes.raised == [unmet(3)] && changes.changed.isEmpty && changes.resolved == [RefillWarningID(1)])
    }

    @Test("figures follow the outlook", arguments: [
        (5, 20, 9), (28, 21, 9), (28, 20, 10), (28, 20, 0),
    ] as [(BaseUnits, Int, Int)])
    func follows(missing: BaseUnits, due: Int, runsOut: Int) {
        let before = open(1, 1, missing: 28, due: 20, runsOut: 9)
        let changes = changes([before], [unmet(1, missing: missing, due: due, runsOut: runsOut)])
        #expect(changes.changed == [open(1, 1, missing: missing, due: due, runsOut: runsOut)])
        #expect(changes.raised.isEmpty && changes.resolved.isEmpty)
    }

    @Test("what ran out before today did so on the day that was said")
    func ranOut() {
        #expect(changes([open(1, 1, runsOut: -4)], [unmet(1, runsOut: 0)]).changed.isEmpty)
    }

    @Test("a warning of another store is resolved, and the instalment warned of here")
    func moved() {
        let changes = changes([open(1, 1, at: StoreID(2))], [unmet(1)])
        #expect(changes.raised == [unmet(1)] && changes.resolved == [RefillWarningID(1)])
    }
}
