import Dispensing
import Identity
import Postgres
import PrescriptionUploads
import Primitives

/// The prescription taken up; absent when nothing waits.
struct NextReviewView: Codable, Sendable {
    let hold: ReviewHold?
}

/// What the prescriber stands by.
struct OverrideBody: Codable, Sendable {
    /// Why it is right for this patient.
    let reason: String
    /// The findings, each by its rule and lines: `interaction.contraindicated#1,3`.
    let findings: [String]
    let signature: PrescriptionSignature?
}

/// A prescription to be looked at before it is written.
struct PrescriptionCheckBody: Codable, Sendable {
    /// The one that would be amended.
    let prescription: PrescriptionID?
    let patient: PatientID
    let kind: PrescriptionKind
    let content: PrescriptionContentBody
}

/// What makes a pharmacist a reviewer.
struct ReviewerBody: Codable, Sendable {
    let title: PharmacistTitle
    let dispensingSince: CalendarDate
    /// When the training for reviewers was passed.
    let trainedOn: CalendarDate?
}

extension DispensingRoutes {
    private static let overseers: Set<Role> = [.supervisor, .auditor]

    /// The queue, and who has what.
    static let reviews: [Endpoint] = [
        .reading(
            "dispensing.review-queue", "/prescriptions-to-review", tag: tag,
            summary: Phrase("待审处方：急诊优先，患者在等次之，先到先审", "Prescriptions that wait for review: emergencies, waiting patients, the oldest"),
            roles: [.pharmacist], query: .paging, answer: PageOf<WaitingPrescription>.self
        ) { call, transaction in
            let page = try call.page()
            let found = try PrescriptionReadings(transaction, of: call.principal.consortium)
                .reviewQueue(after: try after(page), at: call.now, limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
        .command(
            "dispensing.take-next-for-review", "/prescriptions-to-review/next", tag: tag,
            summary: Phrase("领取下一张待审处方，限时占用", "Takes the next prescription to review and holds it for a while"),
            roles: [.pharmacist], refusals: codes(.reviewerNotQualified, .holdsFull), body: NoBody.self,
            answer: NextReviewView.self
        ) { call, transaction in
            NextReviewView(hold: try TakeNextForReview().run(in: transaction, by: call.principal, at: call.now))
        },
        .reading(
            "dispensing.review-holds", "/review-holds", tag: tag, summary: Phrase("我占用的待审处方", "What the caller holds"),
            roles: [.pharmacist], answer: PageOf<ReviewHold>.self
        ) { call, transaction in
            let found = try PrescriptionReadings(transaction, of: call.principal.consortium)
                .holds(of: call.principal.person, at: call.now)
            return PageOf(items: found, next: nil)
        },
        .command(
            "dispensing.renew-review-hold", "/prescriptions/{prescriptionID:uuid}/review-hold/renewal", tag: tag,
            summary: Phrase("延长占用", "Holds a prescription for as long again"), roles: [.pharmacist],
            refusals: codes(.notHeld), body: NoBody.self, answer: ReviewHold.self
        ) { call, transaction in
            try RenewReviewHold(prescription: try call.id("prescriptionID"))
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.release-review-hold", "/prescriptions/{prescriptionID:uuid}/review-hold/release", tag: tag,
            summary: Phrase("放回待审队列", "Gives a prescription back to the queue"), roles: [.pharmacist],
            refusals: codes(.notHeld), body: NoBody.self, answer: ReviewHold.self
        ) { call, transaction in
            try ReleaseReviewHold(prescription: try call.id("prescriptionID"))
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "dispensing.review-view", "/prescriptions/{prescriptionID:uuid}/review-view", tag: tag,
            summary: Phrase("审方页面：处方、患者、规则结果、近90天处方、剩余用药", "What a reviewer looks at: content, patient, findings, history, remaining supply"),
            roles: [.pharmacist, .prescriber], refusals: codes(.prescriptionUnknown), answer: ReviewView.self
        ) { call, transaction in
            try PrescriptionReadings(transaction, of: call.principal.consortium)
                .reviewView(of: try call.id("prescriptionID"), at: call.now)
        },
        .command(
            "dispensing.review-prescription", "/prescriptions/{prescriptionID:uuid}/review", tag: tag,
            summary: Phrase("审核处方：通过、附注通过或退回", "Approves a prescription, with a remark or without, or sends it back"),
            roles: [.pharmacist],
            refusals: codes(
                .prescriptionUnknown, .ownReview, .wrongState, .validityPassed, .reasonRequired, .heldByAnother,
                .reviewerNotQualified, .ruleForbids, .overrideUnconfirmed) + ofSignature,
            body: PrescriptionReviewBody.self, answer: Prescription.self
        ) { call, transaction in
            let reviewed = try ReviewPrescription(prescription: try call.id("prescriptionID"), decision: call.body.choice)
                .run(in: transaction, by: call.principal, at: call.now)
            try AnnounceUpload(prescription: reviewed.id).run(in: transaction, for: call.principal.consortium, at: call.now)
            return reviewed
        },
        .reading(
            "dispensing.review-times", "/review-times", tag: tag,
            summary: Phrase("审方等待与用时：中位数、九成、最长", "How long reviews waited and took: median, nine tenths, longest; in seconds"),
            roles: overseers.union([.pharmacist]),
            query: [
                .choice("by", ReviewTimesBy.self, Phrase("按日、机构或药师", "Told apart by day, facility or reviewer"), isRequired: true),
                .day("from", Phrase("起始日", "The first day, today unless told")),
                .day("through", Phrase("截止日", "The last day, today unless told")),
            ], answer: PageOf<ReviewTimes>.self
        ) { call, transaction in
            let times = try ReviewTimesReading(transaction, of: call.principal.consortium).times(
                by: call.query("by").flatMap(ReviewTimesBy.init) ?? .day, from: call.query(day: "from") ?? call.today,
                through: call.query(day: "through") ?? call.today)
            return PageOf(items: times, next: nil)
        },
    ]

    /// What prescribers do about what reviewers and rules say.
    static let checks: [Endpoint] = [
        .command(
            "dispensing.check-prescription", "/prescription-checks", tag: tag,
            summary: Phrase("开方前检查（不保存）", "What the rules say about a prescription before it is written; nothing is recorded"),
            roles: [.prescriber], refusals: codes(.patientUnknown) + [IdentityRefusalCode.otherFacility],
            body: PrescriptionCheckBody.self, answer: TryPrescription.Answer.self
        ) { call, transaction in
            try TryPrescription(
                prescription: call.body.prescription, patient: call.body.patient, kind: call.body.kind,
                content: call.body.content.content
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.override-prescription", "/prescriptions/{prescriptionID:uuid}/override", tag: tag,
            summary: Phrase("对被退回的处方再次签字确认", "Stands by a prescription that was sent back, with a second signature"),
            roles: [.prescriber],
            refusals: codes(.prescriptionUnknown, .otherPrescriber, .wrongState, .overrideUnconfirmed) + ofContent + ofSignature,
            body: OverrideBody.self, answer: Prescription.self
        ) { call, transaction in
            try OverridePrescription(
                prescription: try call.id("prescriptionID"), reason: call.body.reason, findings: call.body.findings,
                signature: call.body.signature
            ).run(in: transaction, by: call.principal, at: call.now)
        },
    ]

    /// How the consortium prescribes and reviews.
    static let practices: [Endpoint] = [
        .reading(
            "dispensing.practice", "/prescription-practice", tag: tag,
            summary: Phrase("处方与审方设置", "How the consortium prescribes and reviews"), roles: clinicians.union(overseers),
            answer: ConsortiumPractice.self
        ) { call, transaction in try PracticeStore(transaction, call.principal.consortium).practice() },
        .command(
            "dispensing.declare-practice", "/prescription-practice", method: .put, tag: tag,
            summary: Phrase("设置处方与审方", "Declares how the consortium prescribes and reviews"), roles: [.supervisor],
            refusals: codes(.practiceInvalid), body: ConsortiumPractice.self, answer: ConsortiumPractice.self
        ) { call, transaction in
            try DeclarePractice(practice: call.body).run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "dispensing.reviewers", "/reviewers", tag: tag, summary: Phrase("审方药师资质", "Who was declared a reviewer"),
            roles: overseers.union([.pharmacist]), answer: PageOf<ReviewerQualification>.self
        ) { call, transaction in
            PageOf(items: try ReviewerStore(transaction, call.principal.consortium).reviewers(), next: nil)
        },
        .command(
            "dispensing.declare-reviewer", "/people/{personID:number}/reviewer", method: .put, tag: tag,
            summary: Phrase("登记审方药师资质", "Declares what makes a pharmacist a reviewer"), roles: [.supervisor],
            refusals: codes(.reviewerInvalid), body: ReviewerBody.self, answer: ReviewerQualification.self
        ) { call, transaction in
            try DeclareReviewer(
                reviewer: ReviewerQualification(
                    person: try call.number("personID"), title: call.body.title, dispensingSince: call.body.dispensingSince,
                    trainedOn: call.body.trainedOn)
            ).run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}
