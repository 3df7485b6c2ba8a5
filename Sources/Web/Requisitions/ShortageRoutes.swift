import Formulary
import Identity
import Parties
import Postgres
import Primitives
import Requisitions

extension RequisitionsRoutes {
    private static let shortageTag = Phrase("缺药登记", "Shortage reports")

    static let shortages: [Endpoint] = [
        .reading(
            "requisitions.shortages", "/shortage-reports", tag: shortageTag,
            summary: Phrase("缺药登记，新的在前", "Shortage reports, newest first"), roles: insiders,
            query: [
                .choice("state", ShortageState.self, Phrase("状态", "Only in this state")),
                .integer("facility", Phrase("机构", "Only of this facility")),
            ] + .paging, refusals: [IdentityRefusalCode.otherFacility], answer: PageOf<ShortageReport>.self
        ) { call, transaction in
            let page = try call.page()
            var cursor: ShortageCursor?
            if let keys = try page.afterKeys(2) {
                guard let read = ShortageCursor(keys: keys) else { throw Cursor.foreign }
                cursor = read
            }
            let found = try ShortagesStore(transaction, call.principal.consortium).reports(
                for: call.principal, state: call.query(choice: "state"), facility: call.query(number: "facility"), after: cursor,
                limit: page.limit + 1)
            return PageOf(found, of: page) { $0.cursor.keys }
        },
        .command(
            "requisitions.report-shortage", "/shortage-reports", tag: shortageTag,
            summary: Phrase("登记缺药", "Registers something that was asked for and is not there"),
            roles: [.storekeeper, .pharmacist, .dispenser, .prescriber],
            refusals: codes(.shortageNamesNothing, .quantityInvalid, .shortageExists) + [
                PartiesRefusalCode.facilityUnknown, FormularyRefusalCode.productUnknown, IdentityRefusalCode.otherFacility,
            ],
            creates: true, body: ShortageReportBody.self, answer: ShortageReport.self
        ) { call, transaction in
            try ReportShortage(
                shortageID: call.body.shortage ?? ShortageID(call.requestID), facility: call.body.facility,
                product: call.body.product, describedName: call.body.describedName, quantity: call.body.quantity,
                reason: call.body.reason ?? ""
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "requisitions.advance-shortage", "/shortage-reports/{shortageID:uuid}/steps", tag: shortageTag,
            summary: Phrase("采购、到货、领取、未取、取消", "Takes a report one step on"),
            roles: deciders.union([.storekeeper, .pharmacist, .dispenser]),
            refusals: codes(.shortageUnknown, .shortageWrongState, .reasonMissing) + [IdentityRefusalCode.otherFacility],
            body: ShortageStepBody.self, answer: ShortageReport.self
        ) { call, transaction in
            try AdvanceShortage(
                shortageID: try call.id("shortageID"), transition: call.body.transition, reason: call.body.reason
            ).run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}
