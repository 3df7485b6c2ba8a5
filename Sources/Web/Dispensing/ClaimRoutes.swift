import Dispensing
import Identity
import Parties
import Postgres
import Primitives

/// A claim. The caller may choose its id.
struct ClaimBody: Codable, Sendable {
    let claim: ClaimID?
    let store: StoreID
}

struct ClaimTimeBody: Codable, Sendable {
    let minutes: Int
}

extension DispensingRoutes {
    private static let claimants: Set<Role> = [.pharmacist, .dispenser]
    private static let ofClaim: [any RefusalCode] =
        codes(.claimUnknown, .claimExpired, .claimEnded) + [IdentityRefusalCode.otherFacility]

    /// Claiming, and what is done with a claim.
    static let claims: [Endpoint] = [
        .command(
            "dispensing.claim", "/prescriptions/{prescriptionID:uuid}/claims", tag: tag,
            summary: Phrase("接单：限时独占，超时自动失效", "Claims a prescription for a store for a while, alone in the consortium"),
            roles: claimants,
            refusals: ofStore
                + codes(
                    .storeServesNoPatients, .prescriptionUnknown, .wrongState, .alreadyDispensed, .validityPassed,
                    .claimedElsewhere, .claimedHereAlready, .documentIDTaken),
            creates: true, body: ClaimBody.self, answer: Claim.self
        ) { call, transaction in
            try ClaimPrescription(
                claim: call.body.claim ?? ClaimID(call.requestID), prescription: try call.id("prescriptionID"),
                store: call.body.store
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "dispensing.claims", "/prescriptions/{prescriptionID:uuid}/claims", tag: tag,
            summary: Phrase("处方的接单记录，旧的在前", "Every claim that a prescription had, oldest first"),
            roles: clinicians.union([.supervisor, .auditor]), refusals: codes(.prescriptionUnknown), answer: PageOf<Claim>.self
        ) { call, transaction in
            let found = try ClaimReadings(transaction, of: call.principal.consortium).claims(of: try call.id("prescriptionID"))
            return PageOf(items: found, next: nil)
        },
        .reading(
            "dispensing.store-claims", "/stores/{storeID:number}/claims", tag: tag,
            summary: Phrase("药房现有接单，先到期的在前", "The claims that a store holds now, first to expire first"),
            roles: claimants.union([.supervisor]), query: .paging, refusals: ofStore, answer: PageOf<Claim>.self
        ) { call, transaction in
            let store = try PartiesStore(transaction).store(try call.number("storeID"), of: call.principal.consortium)
            try call.principal.requireFacility(store.facility)
            let page = try call.page()
            let found = try ClaimReadings(transaction, of: call.principal.consortium)
                .live(of: store.id, at: call.now, after: try after(page), limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
        .command(
            "dispensing.renew-claim", "/claims/{claimID:uuid}/renewal", tag: tag,
            summary: Phrase("延长接单时限", "Lets a claim last anew from now"), roles: claimants, refusals: ofClaim,
            body: NoBody.self, answer: Claim.self
        ) { call, transaction in
            try RenewClaim(claim: try call.id("claimID")).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.release-claim", "/claims/{claimID:uuid}/release", tag: tag,
            summary: Phrase("放弃接单", "Lets a claim go: every pharmacy may have the prescription again"),
            roles: claimants.union([.supervisor]), refusals: ofClaim, body: NoBody.self, answer: Claim.self
        ) { call, transaction in
            try ReleaseClaim(claim: try call.id("claimID")).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.transfer-claim", "/claims/{claimID:uuid}/transfer", tag: tag,
            summary: Phrase("转单：把接单转给另一药房", "Passes a claim on to another store, which then has it"), roles: claimants,
            refusals: ofClaim + [PartiesRefusalCode.storeUnknown]
                + codes(.claimedHereAlready, .storeServesNoPatients, .documentIDTaken),
            creates: true, body: ClaimBody.self, answer: Claim.self
        ) { call, transaction in
            try TransferClaim(
                claim: try call.id("claimID"), next: call.body.claim ?? ClaimID(call.requestID), to: call.body.store
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "dispensing.claim-time", "/claim-time", tag: tag,
            summary: Phrase("接单时限（分钟）", "For how many minutes a claim lasts"), answer: ClaimTimeBody.self
        ) { call, transaction in
            ClaimTimeBody(minutes: try ClaimReadings(transaction, of: call.principal.consortium).minutes())
        },
        .command(
            "dispensing.declare-claim-time", "/claim-time", method: .put, tag: tag,
            summary: Phrase("设定接单时限", "Says for how many minutes a claim lasts"), roles: [.supervisor],
            refusals: codes(.claimTimeInvalid), body: ClaimTimeBody.self, answer: ClaimTimeBody.self
        ) { call, transaction in
            try DeclareClaimTime(minutes: call.body.minutes).run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
    ]
}
