import Foundation
import LongPrescriptions
import Primitives
import TestSupport
import Testing

@testable import RefillWarnings

@Suite("Reading early warnings")
struct RefillWarningReadingsTests {
    /// One plan at the first pharmacy and two at the second, with nothing to be had: instalments of twenty, today and in twenty
    /// days.
    private func withWarnings(_ body: (PlanBench, [LongPlanID]) async throws -> Void) async throws {
        try await withPlanBench { bench in
            var plans = [try await bench.plan()]
            for _ in 0..<2 { plans.append(try await bench.plan(at: bench.stores[1])) }
            for store in bench.stores { try await bench.warn(store) }
            try await body(bench, plans)
        }
    }

    @Test("people of a facility see those of its stores, procurement all; soonest due first")
    func visibility() async throws {
        try await withWarnings { bench, plans in
            let all = try await bench.open()
            #expect(all.count == 6 && all.map(\.dueOn) == all.map(\.dueOn).sorted())
            #expect(Set(all.map(\.plan)) == Set(plans))
            for (place, keeper) in bench.consortium.storekeepers.enumerated() {
                let own = try await bench.open(for: keeper)
                #expect(own.count == [2, 4][place] && own.allSatisfy { $0.store == bench.stores[place] })
                let foreign = try await bench.open(RefillWarningFilter(store: bench.stores[1 - place]), for: keeper)
                #expect(foreign.isEmpty)
            }
            #expect(try await bench.open(RefillWarningFilter(product: bench.consortium.products[0])).isEmpty)
            #expect(try await bench.open(RefillWarningFilter(product: bench.product)).count == 6)
            let hospital = try await bench.open(for: bench.pharmacist)
            #expect(hospital.isEmpty, "the hospital's people see none of the townships")
        }
    }

    @Test("a list goes on where it ended")
    func pages() async throws {
        try await withWarnings { bench, _ in
            let officer = bench.consortium.officer
            let all = try await bench.open()
            var seen: [RefillWarning] = []
            while true {
                let last = seen.last.map { (dueOn: $0.dueOn, id: $0.id) }
                let page = try await bench.read {
                    try RefillWarningReadings($0, for: officer).open(RefillWarningFilter(), after: last, limit: 4)
                }
                if page.isEmpty { break }
                seen += page
            }
            #expect(seen == all)
        }
    }

    @Test("patients are shown to those who see them elsewhere, and to nobody else", arguments: Role.allCases)
    func patients(role: Role) async throws {
        try await withWarnings { bench, _ in
            let facility = bench.consortium.townships[0]
            let person = Principal(
                consortium: bench.consortium.id, person: bench.pharmacist.person, name: "x", facility: facility, company: nil,
                roles: [role])
            let seen = try await bench.open(RefillWarningFilter(store: bench.store), for: person)
            #expect(seen.count == 2)
            let sees = [.prescriber, .pharmacist, .dispenser, .supervisor, .auditor].contains(role)
            #expect(seen.allSatisfy { ($0.patient != nil) == sees })
            if sees { #expect(seen[0].patient?.name == "张三" && seen[0].patient?.phone == "138****5678") }
        }
    }

    @Test("what to buy is summed by product, and told by store")
    func byProduct() async throws {
        try await withWarnings { bench, _ in
            let later = bench.later(days: 1)
            try await later.stock(30, in: bench.stores[1])
            for store in bench.stores { try await later.warn(store) }
            let (officer, keeper) = (bench.consortium.officer, bench.consortium.storekeepers[0])
            let all = try await later.read { try RefillWarningReadings($0, for: officer).byProduct(RefillWarningFilter(), limit: 10) }
            let short = try #require(all.first)
            // Of thirty one instalment takes twenty; the other that is due keeps ten, so both that come later lack all.
            #expect(all.count == 1 && short.product.id == bench.product && short.missing == 90 && short.instalments == 5)
            #expect(short.firstDueOn == bench.today)
            #expect(short.stores.map(\.store) == bench.stores && short.stores.map(\.missing) == [40, 50])
            #expect(short.stores.map(\.instalments) == [2, 3] && short.stores.map(\.reckonedAt) == [later.now, later.now])
            #expect(short.stores[0].runsOutOn == bench.today, "it ran out when it was first said to")
            let own = try await later.read { try RefillWarningReadings($0, for: keeper).byProduct(RefillWarningFilter(), limit: 10) }
            #expect(own.map(\.missing) == [40] && own.flatMap(\.stores).map(\.store) == [bench.store])
            let next = try await later.read {
                try RefillWarningReadings($0, for: officer)
                    .byProduct(RefillWarningFilter(), after: (short.firstDueOn, short.product.id), limit: 10)
            }
            #expect(next.isEmpty)
        }
    }

    @Test("an unknown plan has no history")
    func unknownPlan() async throws {
        try await withPlanBench { bench in
            await expectRefusal("long-prescriptions.plan-unknown") { try await bench.history(LongPlanID(.init())) }
        }
    }
}
