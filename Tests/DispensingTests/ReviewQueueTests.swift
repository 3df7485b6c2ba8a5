import Dispensing
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("The queue of reviews")
struct ReviewQueueTests {
    static func take(_ clinic: Clinic, _ person: Principal, at now: Instant = .ofTests) async throws -> ReviewHold? {
        try await clinic.write { try TakeNextForReview().run(in: $0, by: person, at: now) }
    }

    @Test("gives emergencies first, then those whose patient waits, then the oldest")
    func order() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.declare(ConsortiumPractice(requiresSignatures: false, requiresQualifiedReviewers: false, holdsMax: 10))
            let three = clinic.content([try clinic.line(quantity: 18, days: 3)])
            func issue(_ second: Int, _ kind: PrescriptionKind = .ordinary, waiting: Bool = false) async throws -> PrescriptionID {
                try await clinic.issue(three, kind: kind, patientIsWaiting: waiting, at: .ofTests.adding(.seconds(second)))
            }
            let old = try await issue(0)
            let young = try await issue(1)
            let waiting = try await issue(2, waiting: true)
            let emergency = try await issue(3, .emergency)
            let later = try await issue(4, .emergency, waiting: true)
            let expected = [emergency, later, waiting, old, young]
            let now = Instant.ofTests.adding(.seconds(60))
            let listed = try await clinic.read { try $0.reviewQueue(at: now, limit: 10) }
            #expect(listed.map(\.id) == expected && listed.map(\.urgency.rawValue) == [0, 0, 1, 2, 2])
            var taken: [PrescriptionID] = []
            while let hold = try await Self.take(clinic, clinic.pharmacist, at: now) { taken.append(hold.prescription) }
            #expect(taken == expected)
            let held = try await clinic.read { try $0.reviewQueue(at: now, limit: 10) }
            #expect(held.allSatisfy { $0.heldBy == clinic.pharmacist.person })
            #expect(try await clinic.read { try $0.holds(of: clinic.pharmacist.person, at: now) }.map(\.prescription).count == 5)
        }
    }

    @Test("keeps what one holds from the others until it expires, is released or decided")
    func holds() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = try await clinic.issue()
            let hold = try #require(try await Self.take(clinic, clinic.pharmacist))
            #expect(hold.prescription == id && hold.version == 1 && hold.number == "CF-2026-000001")
            #expect(hold.expiresAt == Instant.ofTests.adding(.seconds(600)))
            #expect(try await Self.take(clinic, clinic.otherPharmacist) == nil)
            await expectRefusal("dispensing.held-by-another") { try await clinic.review(id, by: clinic.otherPharmacist) }
            await expectRefusal("dispensing.held-by-another") {
                try await clinic.amend(id, clinic.content([try clinic.line()]))
            }
            await expectRefusal("dispensing.holds-full") { try await Self.take(clinic, clinic.pharmacist) }
            func renew(_ person: Principal, at now: Instant) async throws -> ReviewHold {
                try await clinic.write { try RenewReviewHold(prescription: id).run(in: $0, by: person, at: now) }
            }
            func release(_ person: Principal, at now: Instant) async throws {
                try await clinic.write { try ReleaseReviewHold(prescription: id).run(in: $0, by: person, at: now) }
            }
            await expectRefusal("dispensing.not-held") { try await renew(clinic.otherPharmacist, at: .ofTests) }
            await expectRefusal("dispensing.not-held") { try await release(clinic.otherPharmacist, at: .ofTests) }
            let renewed = try await renew(clinic.pharmacist, at: .ofTests.adding(.seconds(599)))
            #expect(renewed.expiresAt == Instant.ofTests.adding(.seconds(1_199)) && renewed.heldAt == .ofTests)
            let expired = Instant.ofTests.adding(.seconds(1_199))
            await expectRefusal("dispensing.held-by-another") {
                try await clinic.review(id, by: clinic.otherPharmacist, at: expired.adding(.seconds(-1)))
            }
            await expectRefusal("dispensing.not-held") { try await renew(clinic.pharmacist, at: expired) }
            await expectRefusal("dispensing.not-held") { try await release(clinic.pharmacist, at: expired) }
            #expect(try await Self.take(clinic, clinic.otherPharmacist, at: expired)?.prescription == id)
            try await release(clinic.otherPharmacist, at: expired)
            #expect(try await Self.take(clinic, clinic.pharmacist, at: expired)?.prescription == id)
            try await clinic.review(id, by: clinic.pharmacist, at: expired.adding(.seconds(30)))
            #expect(try await Self.take(clinic, clinic.pharmacist, at: expired) == nil)
        }
    }

    @Test("never gives pharmacists what they wrote, and lets who may not review take nothing")
    func whoMay() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let officer = clinic.consortium.officer
            try await clinic.registerKey(of: officer)
            _ = try await clinic.issue(clinic.content([try clinic.line()]), by: officer)
            #expect(try await Self.take(clinic, officer) == nil)
            await expectRefusal("identity.role-missing") { try await Self.take(clinic, clinic.prescriber) }
            #expect(try await Self.take(clinic, clinic.pharmacist) != nil)
        }
    }

    @Test("an amended prescription waits again from then on; what is cancelled, expired or decided waits no more")
    func leaving() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let (first, second) = (try await clinic.issue(), try await clinic.issue())
            let (third, fourth) = (try await clinic.issue(), try await clinic.issue())
            let later = Instant.ofTests.adding(.seconds(5))
            try await clinic.amend(first, clinic.content([try clinic.line()], validityDays: 2), at: later)
            try await clinic.review(second)
            try await clinic.write {
                _ = try CancelPrescription(prescription: third, reason: "误开").run(in: $0, by: clinic.prescriber, at: later)
            }
            func queue() async throws -> [PrescriptionID] { try await clinic.read { try $0.reviewQueue(at: later, limit: 9).map(\.id) } }
            #expect(try await queue() == [fourth, first])
            let consortium = clinic.consortium.id
            try await clinic.write { _ = try ExpirePrescriptions().run(in: $0, of: consortium, at: .ofTests.later(days: 1)) }
            #expect(try await queue() == [first])
            // Read on after one that has left.
            #expect(try await clinic.read { try $0.reviewQueue(after: fourth, at: later, limit: 9).map(\.id) } == [first])
            try await clinic.review(second, .sendBack(reason: "x"), expecting: "dispensing.wrong-state")
        }
    }

    @Test("a decision keeps when it came to wait, was taken up and decided, also when nobody had taken it up")
    func times() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            func after(_ seconds: Int) -> Instant { .ofTests.adding(.seconds(seconds)) }
            var waits: [Int] = []
            for number in 1...10 {
                let id = try await clinic.issue(at: .ofTests)
                waits.append(number * 10)
                _ = try await Self.take(clinic, clinic.pharmacist, at: after(number * 10))
                try await clinic.review(id, number == 1 ? .sendBack(reason: "剂量", problem: .dose) : .approve, at: after(number * 10 + number))
            }
            let direct = try await clinic.issue(at: after(0))
            try await clinic.review(direct, by: clinic.otherPharmacist, at: after(1_000))
            let review = try #require(try await clinic.read { try $0.prescription(direct).reviews.first })
            #expect(review.queuedAt == .ofTests && review.heldAt == after(1_000) && review.reviewedAt == after(1_000))
            let today = Clinic.today
            func read(_ grouping: ReviewTimesBy) async throws -> [ReviewTimes] {
                let id = clinic.consortium.id
                return try await clinic.write { try ReviewTimesReading($0, of: id).times(by: grouping, from: today, through: today) }
            }
            let byReviewer = try await read(.reviewer)
            let own = try #require(byReviewer.first { $0.key == clinic.pharmacist.person.description })
            #expect(own.reviews == 10 && own.returned == 1)
            #expect((own.waitMedianSeconds, own.waitP90Seconds, own.waitLongestSeconds) == (50, 90, 100))
            #expect((own.reviewMedianSeconds, own.reviewP90Seconds) == (5, 9))
            #expect(try await read(.day).map(\.key) == [today.description])
            let byFacility = try await read(.facility)
            #expect(byFacility.map(\.key) == [clinic.consortium.hospital.description] && byFacility[0].reviews == 11)
            #expect(byFacility[0].waitLongestSeconds == 1_000)
        }
    }

    @Test(
        "where it is required, a reviewer has the title, three years of dispensing and the training",
        arguments: [
            (.pharmacist, "2023-11-21", "2025-01-01", true), (.chief, "2023-11-21", "2026-11-21", true),
            (.assistant, "2000-01-01", "2025-01-01", false), (.pharmacist, "2023-11-22", "2025-01-01", false),
            (.inCharge, "2000-01-01", nil, false),
        ] as [(PharmacistTitle, String, String?, Bool)])
    func qualification(title: PharmacistTitle, since: String, trained: String?, isQualified: Bool) async throws {
        let reviewer = ReviewerQualification(
            person: PersonID(1), title: title, dispensingSince: try #require(CalendarDate(since)),
            trainedOn: trained.flatMap { CalendarDate($0) })
        #expect((reviewer.missing(on: Clinic.today) == nil) == isQualified)
    }

    @Test("who is not declared a reviewer takes and reviews nothing where that is required")
    func unqualified() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = try await clinic.issue()
            try await clinic.declare(ConsortiumPractice(requiresSignatures: false))
            await expectRefusal("dispensing.reviewer-not-qualified") { try await Self.take(clinic, clinic.pharmacist) }
            await expectRefusal("dispensing.reviewer-not-qualified") { try await clinic.review(id) }
            func declare(_ person: PersonID, since: Int, by who: Principal? = nil) async throws {
                let reviewer = ReviewerQualification(
                    person: person, title: .pharmacist, dispensingSince: Clinic.today.adding(days: since), trainedOn: Clinic.today)
                try await clinic.write {
                    _ = try DeclareReviewer(reviewer: reviewer).run(in: $0, by: who ?? clinic.consortium.officer, at: .ofTests)
                }
            }
            await expectRefusal("identity.role-missing") { try await declare(clinic.pharmacist.person, since: -2_000, by: clinic.pharmacist) }
            await expectRefusal("dispensing.reviewer-invalid") { try await declare(clinic.prescriber.person, since: -2_000) }
            await expectRefusal("dispensing.reviewer-invalid") { try await declare(clinic.pharmacist.person, since: 1) }
            try await declare(clinic.pharmacist.person, since: -10)
            await expectRefusal("dispensing.reviewer-not-qualified") { try await clinic.review(id) }
            try await declare(clinic.pharmacist.person, since: -2_000)
            try await clinic.review(id)
            let consortium = clinic.consortium.id
            #expect(try await clinic.write { try ReviewerStore($0, consortium).reviewers() }.count == 1)
        }
    }

    @Test("settings are within their bounds, and for supervisors")
    func practice() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            for (minutes, most) in [(0, 1), (121, 1), (10, 0), (10, 21)] {
                await expectRefusal("dispensing.practice-invalid") {
                    try await clinic.declare(ConsortiumPractice(holdMinutes: minutes, holdsMax: most))
                }
            }
            await expectRefusal("identity.role-missing") {
                try await clinic.write { _ = try DeclarePractice(practice: .undeclared).run(in: $0, by: clinic.pharmacist, at: .ofTests) }
            }
            let declared = ConsortiumPractice(roundsUpToPacks: true, holdMinutes: 120, holdsMax: 20)
            try await clinic.declare(declared)
            let consortium = clinic.consortium.id
            #expect(try await clinic.write { try PracticeStore($0, consortium).practice() } == declared)
            let line = try clinic.line(quantity: 56)
            _ = try await clinic.issue(
                PrescriptionContent(diagnosis: "肺炎", reason: "整盒发药", lines: [line]))
            try await database.owner.write { _ = try $0.execute("DELETE FROM dispensing.consortium_practice") }
            #expect(try await clinic.write { try PracticeStore($0, consortium).practice() } == .undeclared)
            await expectRefusal("dispensing.signature-missing") {
                try await clinic.write {
                    _ = try IssuePrescription(
                        prescription: PrescriptionID(UUID()), patient: clinic.patient, kind: .ordinary,
                        content: clinic.content([try clinic.line()])
                    ).run(in: $0, by: clinic.prescriber, at: .ofTests)
                }
            }
        }
    }
}

extension Clinic {
    /// Expects a review to be refused.
    func review(_ id: PrescriptionID, _ decision: ReviewPrescription.Decision, expecting code: String) async throws {
        await expectRefusal(code) { try await review(id, decision) }
    }
}
