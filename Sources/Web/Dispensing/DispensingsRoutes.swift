import Dispensing
import Identity
import Parties
import Postgres
import PrescriptionUploads
import Primitives
import StockLedger

extension DispensingRoutes {
    static let inspectors: Set<Role> = [.supervisor, .auditor]
    static let ofStore: [any RefusalCode] = [PartiesRefusalCode.storeUnknown, IdentityRefusalCode.otherFacility]

    /// Handing out, and taking back.
    static let dispensings: [Endpoint] = [
        .command(
            "dispensing.dispense", "/prescriptions/{prescriptionID:uuid}/dispensing", tag: tag,
            summary: Phrase("发药：整张或部分，每个单位只发一次", "Hands out an approved prescription or a part of it, each unit once"),
            roles: [.dispenser],
            refusals: ofStore + [StockLedgerRefusalCode.frozen]
                + codes(
                    .prescriptionUnknown, .wrongState, .alreadyDispensed, .validityPassed, .instalmentsDecide, .claimedElsewhere,
                    .reviewerDispenses, .checksIncomplete, .linesInvalid, .exceedsOpen, .stockShort, .signatureMissing,
                    .signatureInvalid, .keyUnknown, .keyRevoked, .expiresWithinCourse, .documentIDTaken) + ofPeople + ofScans
                + PrescriptionUploadsRoutes.ofHold,
            creates: true, body: DispensingBody.self, answer: DispensingRecord.self
        ) { call, transaction in
            try HoldForInsurer(prescription: try call.id("prescriptionID")).run(in: transaction, for: call.principal.consortium)
            return try DispensePrescription(
                dispensing: call.body.dispensing ?? DispensingID(call.requestID), prescription: try call.id("prescriptionID"),
                store: call.body.store, checks: call.body.checks, selfChecked: call.body.selfChecked ?? false,
                lines: call.body.lines, preparation: call.body.preparation, scans: call.body.scans ?? [],
                exemptions: call.body.exemptions ?? []
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.end-rest", "/prescriptions/{prescriptionID:uuid}/rest-ending", tag: tag,
            summary: Phrase("余量不再发放", "Ends a partly dispensed prescription: the rest will not be handed out"),
            roles: clinicians,
            refusals: [IdentityRefusalCode.roleMissing]
                + codes(.prescriptionUnknown, .otherPrescriber, .wrongState, .reasonRequired),
            body: EndRestBody.self, answer: Prescription.self
        ) { call, transaction in
            let wish: EndRest.Wish = call.body.wish == .prescriber ? .prescriber : .patient
            return try EndRest(prescription: try call.id("prescriptionID"), wish: wish, reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "dispensing.dispensing", "/dispensings/{dispensingID:uuid}", tag: tag,
            summary: Phrase("发药单及批号", "A dispensing with its batches"), roles: clinicians.union(inspectors),
            refusals: codes(.dispensingUnknown), answer: DispensingRecord.self
        ) { call, transaction in
            try PrescriptionReadings(transaction, of: call.principal.consortium).dispensing(try call.id("dispensingID"))
        },
        .reading(
            "dispensing.dispensings", "/stores/{storeID:number}/dispensings", tag: tag,
            summary: Phrase("药房发药记录，新的在前", "What a store handed out, newest first"), roles: clinicians.union(inspectors),
            query: [
                .day("from", Phrase("起始日", "The first day, today unless told")),
                .day("through", Phrase("截止日", "The last day, today unless told")),
            ] + .paging, refusals: ofStore, answer: PageOf<DispensingSummary>.self
        ) { call, transaction in
            let store = try PartiesStore(transaction).store(try call.number("storeID"), of: call.principal.consortium)
            try call.principal.requireFacility(store.facility)
            let page = try call.page()
            let found = try PrescriptionReadings(transaction, of: call.principal.consortium).dispensings(
                of: store.id, from: call.query(day: "from") ?? call.today, through: call.query(day: "through") ?? call.today,
                after: try after(page), limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
        .command(
            "dispensing.return", "/dispensings/{dispensingID:uuid}/returns", tag: tag,
            summary: Phrase("退药", "Takes back what was dispensed, into quarantine or stock"), roles: [.pharmacist, .dispenser],
            refusals: [IdentityRefusalCode.otherFacility]
                + codes(
                    .dispensingUnknown, .reasonRequired, .linesInvalid, .returnNotAllowed, .returnExceedsDispensed,
                    .documentIDTaken, .traceCodeInvalid, .traceCodeNotOfDispensing, .traceCodesTooMany, .traceCodesMissing),
            creates: true, body: PatientReturnBody.self, answer: PatientReturn.self
        ) { call, transaction in
            try ReturnDispensed(
                patientReturn: call.body.patientReturn ?? PatientReturnID(call.requestID),
                dispensing: try call.id("dispensingID"),
                reason: call.body.reason, explanation: call.body.explanation,
                lines: call.body.lines.map {
                    ReturnDispensed.Line(
                        dispensedLine: $0.dispensedLine, quantity: $0.quantity, isUnopened: $0.isUnopened,
                        codes: $0.codes ?? [])
                }
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.declare-two-persons", "/facilities/{facilityID:number}/two-persons", method: .put, tag: tag,
            summary: Phrase("登记双人核对", "Says whether one person prepares and another checks everything at a facility"),
            roles: [.supervisor], refusals: [PartiesRefusalCode.facilityUnknown], body: TwoPersonsBody.self,
            answer: TwoPersonsBody.self
        ) { call, transaction in
            try DeclareTwoPersons(facility: try call.number("facilityID"), hasTwoPersons: call.body.hasTwoPersons)
                .run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
        .command(
            "dispensing.declare-single-pharmacist-site", "/facilities/{facilityID:number}/single-pharmacist", method: .put,
            tag: tag,
            summary: Phrase("登记单药师机构", "Says whether a facility has a single pharmacist, who checks twice"), roles: [.supervisor],
            refusals: [PartiesRefusalCode.facilityUnknown], body: SinglePharmacistBody.self, answer: SinglePharmacistBody.self
        ) { call, transaction in
            try DeclareSinglePharmacistSite(
                facility: try call.number("facilityID"), hasSinglePharmacist: call.body.hasSinglePharmacist
            ).run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
    ]
}
