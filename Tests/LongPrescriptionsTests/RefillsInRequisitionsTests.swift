import Foundation
import MedicationRules
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing

@testable import LongPrescriptions

@Suite("Refills in a requisition")
struct RefillsInRequisitionsTests {
    /// What a requisition opened on the ward's day says of amlodipine: 30 days looked back on, 30 and 60 ahead.
    private func line(_ ward: Ward) async throws -> RequisitionLine {
        let (id, store, product, keeper) = (ward.consortium.id, ward.store, ward.products[1], ward.consortium.storekeepers[0])
        let now = ward.now
        return try await ward.write { transaction in
            let strategy = AverageMonthlyConsumption(periodDays: 30, minimumMonths: 1, maximumMonths: 2)
            let opened = try OpenRequisition(
                requisitionID: RequisitionID(UUID()), store: store, scope: .emergency([product]),
                strategy: .averageMonthlyConsumption(strategy)
            ).run(in: transaction, by: keeper, at: now)
            return try #require(try RequisitionLinesStore(transaction, id).lines(of: opened.id).first)
        }
    }

    @Test("what was foreseen is no statistic, what is due and not set aside is added, and plans that end are expected to go on")
    func apart() async throws {
        try await withWard { ward in
            try await ward.stock(1, 100)
            // 28 at once, 28 due on day 28, 28 on day 56; the course ends on day 83.
            let plan = try await ward.collect(try await ward.planned(), 1)
            let begun = try await line(ward.later(days: 1))
            // Nobody could foresee the first. Of the 56 that are due nine tenths are expected while little is known.
            #expect(begun.consumed == 28 && begun.refillsConsumed == 0)
            #expect(begun.expectedRefills == 51 && begun.expectedRenewals == 0)
            #expect(begun.suggestion.explanation.chinese.contains("已知续方51片"))

            let later = ward.later(days: 21)
            try await later.reserve()
            let reserved = try await line(later)
            #expect(reserved.position.onHand == 44 && reserved.expectedRefills == 26)

            _ = try await later.collect(try await later.followUp(plan), 2)
            let collected = try await line(ward.later(days: 22))
            #expect(collected.consumed == 56 && collected.refillsConsumed == 28)
            #expect(collected.suggestion.explanation.chinese.contains("近30天消耗28片（另有长期处方28片）"))
            #expect(collected.expectedRefills == 26)

            // The patient comes for the next prescription on day 81, two days before the course ends: from day 21 on the 60 days
            // reach it. 28 more are needed then, by nine tenths.
            #expect(try await line(ward.later(days: 22)).expectedRenewals == 26)
            let third = try await ward.later(days: 49).collect(try await ward.later(days: 49).followUp(plan), 3)
            #expect(third.state == .completed)
            #expect(try await line(ward.later(days: 50)).expectedRenewals == 51, "two instalments of the next plan")
            #expect(try await line(ward.later(days: 97)).expectedRenewals == 76, "the next prescription may still come")
            #expect(try await line(ward.later(days: 98)).expectedRenewals == 0, "nobody expects it any more")
        }
    }

    @Test("what is late counts by the grace its plan began with, also when a shorter one is in force meanwhile")
    func grace() async throws {
        try await withWard { ward in
            try await ward.stock(1, 28)
            try await ward.collect(try await ward.planned(), 1)
            let late = ward.later(days: 33)
            try await late.write { transaction in
                try SetLimit(key: .instalmentGraceDays, value: 2, validFrom: late.today, reason: "本县规定")
                    .run(in: transaction, by: ward.consortium.officer, at: late.now)
            }
            // Of day 28, to be collected through day 35, and of day 56: nine tenths of 56.
            #expect(try await line(late).expectedRefills == 51)
        }
    }

    @Test("a plan for another diagnosis is no renewal")
    func otherDiagnosis() async throws {
        try await withWard { ward in
            try await ward.stock(1, 100)
            try await ward.collect(try await ward.planned(days: 28), 1)
            let later = ward.later(days: 22)
            // The patient still has tablets through day 27; these begin after them and last through day 55.
            let other = try await later.start(try await later.issueApproved([ward.line(days: 28)], code: "I25.101"))
            #expect(other.endsOn == ward.today.adding(days: 55))
            // Within sixty days and three ahead: three instalments of the one, two of the other, by nine tenths.
            #expect(try await line(ward.later(days: 23)).expectedRenewals == 126)
        }
    }

    @Test("the share of plans that are renewed is a cautious one until fifty have ended", arguments: [
        (0, 0, 900), (49, 49, 900), (50, 25, 500), (50, 0, 0), (200, 199, 995),
    ] as [(Int64, Int64, Int64)])
    func share(ended: Int64, renewed: Int64, perMille: Int64) {
        let share = RenewalShare(ended: ended, renewed: renewed)
        #expect(share.perMille == perMille)
        #expect(share.expected(of: 1) == (perMille == 0 ? 0 : 1), "rounded up")
    }
}
