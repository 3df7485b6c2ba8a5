import Parties
import Primitives
import Testing

@testable import Distribution
@testable import Formulary
@testable import PooledProcurement

@Suite("Inspecting what was delivered")
struct InspectionTests {
    static let today = CalendarDate(day: 20_778)

    static func product(control: SpecialControl = .none, storage: StorageCondition = .room, kind: ProductKind = .western)
        -> Product
    {
        Product(
            id: ProductID(1), code: "W1", kind: kind, genericName: "某药", englishName: "", dosageForm: "tablet", strength: "1mg",
            baseUnit: "tablet", drugClass: "", reimbursement: .none, essential: false, volumeBased: false,
            longPrescription: false,
            specialControl: control, storage: storage, lightProtected: false, diseaseGroups: [])
    }

    /// The line of the receipt, or the code of the refusal, for ten announced packs of 28.
    static func inspect(
        _ found: InspectedLine, article: Int64 = 7, expiresIn days: Int = 400, product: Product = product()
    ) -> (line: GoodsReceiptLine?, code: String?) {
        let sent = ShipmentLine(
            number: 1, orderLine: 1, article: ArticleID(article), batchNumber: "B1", expiresOn: today.adding(days: days),
            packs: 10)
        let ordered = PurchaseOrderLine(
            number: 1, product: ProductID(1), article: ArticleID(7), packSize: 28, packPrice: Money(tenThousandths: 1),
            packsOrdered: 10, route: .listed)
        do {
            return (
                try Inspection(today: today).inspect(found, of: sent, ordered: ordered, product: product, field: "lines[0]"), nil
            )
        } catch {
            return (nil, error.code.rawValue)
        }
    }

    @Test(
        "counts accepted, rejected, short and over, and asks for a reason whenever one is not nothing",
        arguments: [
            // delivered, accepted, reason, rejected, short, over, refusal
            (10, 10, nil, 0, 0, 0, nil), (10, 8, .damaged, 2, 0, 0, nil), (10, 8, nil, 2, 0, 0, "distribution.reason-required"),
            (7, 7, .notDelivered, 0, 3, 0, nil), (7, 7, nil, 0, 3, 0, "distribution.reason-required"),
            (12, 10, .overDelivery, 2, 0, 2, nil), (12, 11, .overDelivery, 1, 0, 2, "distribution.lines-invalid"),
            (0, 0, .notDelivered, 0, 10, 0, nil), (10, 11, nil, 0, 0, 0, "distribution.lines-invalid"),
            (-1, 0, nil, 0, 0, 0, "distribution.lines-invalid"), (10, -1, .damaged, 0, 0, 0, "distribution.lines-invalid"),
            (.max, 10, .overDelivery, 0, 0, 0, "distribution.lines-invalid"),
            (10, 9, .other, 1, 0, 0, "distribution.reason-required"),
        ] as [(Int64, Int64, RejectionReason?, Int64, Int64, Int64, String?)])
    func counts(
        delivered: Int64, accepted: Int64, reason: RejectionReason?, rejected: Int64, short: Int64, over: Int64, code: String?
    ) {
        let result = Self.inspect(InspectedLine(shipmentLine: 1, delivered: delivered, accepted: accepted, reason: reason))
        #expect(result.code == code)
        guard code == nil else { return }
        #expect(result.line?.rejected == rejected && result.line?.short == short && result.line?.over == over)
        #expect(result.line?.acceptedUnits == BaseUnits(accepted * 28))
    }

    @Test("rejects what was not ordered and what has expired on the day; nothing else may be done with it")
    func mustBeRejected() {
        let accepting = InspectedLine(shipmentLine: 1, delivered: 10, accepted: 1, reason: .damaged, acceptanceReason: "急用")
        let rejecting = InspectedLine(shipmentLine: 1, delivered: 10, accepted: 0, reason: .wrongArticle)
        #expect(Self.inspect(accepting, article: 8).code == "distribution.wrong-article")
        #expect(Self.inspect(rejecting, article: 8).line?.rejected == 10)
        for (days, code) in [(-1, "distribution.expired"), (0, "distribution.expired"), (1, nil)] {
            #expect(Self.inspect(accepting, expiresIn: days).code == code)
        }
        #expect(Self.inspect(rejecting, expiresIn: -1).line?.rejected == 10)
    }

    @Test("takes goods with less than 180 days only with a reason", arguments: [(179, "distribution.short-dated"), (180, nil)])
    func remainingLife(days: Int, code: String?) {
        var found = InspectedLine(shipmentLine: 1, delivered: 10, accepted: 10)
        #expect(Self.inspect(found, expiresIn: days).code == code)
        found.acceptanceReason = "断货，两周内用完"
        #expect(Self.inspect(found, expiresIn: days).code == nil)
    }

    @Test(
        "takes goods that need cold only with a temperature inside their range",
        arguments: [
            (.cold, nil, "distribution.temperature-missing"), (.cold, 19, "distribution.temperature-out-of-range"),
            (.cold, 20, nil),
            (.cold, 80, nil), (.cold, 81, "distribution.temperature-out-of-range"),
            (.frozen, -251, "distribution.temperature-out-of-range"),
            (.frozen, -250, nil), (.frozen, -100, nil), (.frozen, -99, "distribution.temperature-out-of-range"),
            (.room, nil, nil),
            (.cool, nil, nil),
        ] as [(StorageCondition, Int?, String?)])
    func cold(storage: StorageCondition, temperature: Int?, code: String?) {
        let found = InspectedLine(shipmentLine: 1, delivered: 10, accepted: 10, temperature: temperature)
        #expect(Self.inspect(found, product: Self.product(storage: storage)).code == code)
        let rejected = InspectedLine(shipmentLine: 1, delivered: 10, accepted: 0, reason: .temperature, temperature: temperature)
        #expect(Self.inspect(rejected, product: Self.product(storage: storage)).code == nil)
    }

    @Test("records the batch that is on the packs, not the one of the notice")
    func batchFound() throws {
        let expiry = Self.today.adding(days: 300)
        let found = InspectedLine(shipmentLine: 1, delivered: 10, accepted: 10, batchNumber: " C9 ", expiresOn: expiry)
        let line = try #require(Self.inspect(found).line)
        #expect(line.batchNumber == "C9" && line.expiresOn == expiry)
        let nameless = InspectedLine(shipmentLine: 1, delivered: 10, accepted: 10, batchNumber: " ")
        #expect(Self.inspect(nameless).code == "distribution.lines-invalid")
    }

    @Test("never makes or loses a pack", arguments: UInt64(0)..<200)
    func adds(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let delivered = Int64.random(in: 0...15, using: &random)
        let accepted = Int64.random(in: 0...min(delivered, 10), using: &random)
        let found = InspectedLine(shipmentLine: 1, delivered: delivered, accepted: accepted, reason: .other, explanation: "见附件")
        guard let line = Self.inspect(found).line else {
            Issue.record("seed \(seed)")
            return
        }
        #expect(line.accepted + line.rejected == line.delivered, "seed \(seed)")
        #expect(line.delivered + line.short == line.announced + line.over, "seed \(seed)")
        #expect(line.rejected >= line.over && (line.short == 0 || line.over == 0), "seed \(seed)")
        #expect((line.reason != nil) == (line.rejected + line.short > 0), "seed \(seed)")
    }

    @Test("two people accept narcotic, psychotropic I and toxic drugs")
    func twoPeople() {
        let two = SpecialControl.allCases.filter { Self.product(control: $0).needsTwoReceivers }
        #expect(Set(two) == [.narcotic, .psychotropicI, .toxic])
    }

    @Test("a licence allows what it is for, on its first and last day and between")
    func licences() {
        func licence(_ kind: LicenceKind) -> [Licence] {
            [
                Licence(
                    company: CompanyID(1), kind: kind, number: "1", validFrom: Self.today,
                    validThrough: Self.today.adding(days: 2))
            ]
        }
        for day in -1...3 {
            let allowed = licence(.drugDistribution).allowDelivery(of: .western, on: Self.today.adding(days: day))
            #expect(allowed == (0...2).contains(day))
        }
        for kind in LicenceKind.allCases {
            let isDevice = [.deviceProduction, .deviceDistribution].contains(kind)
            #expect(licence(kind).allowDelivery(of: .consumable, on: Self.today) == isDevice)
            for product in ProductKind.allCases where product != .consumable {
                #expect(licence(kind).allowDelivery(of: product, on: Self.today) == !isDevice)
            }
        }
    }
}
