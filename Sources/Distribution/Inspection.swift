public import Formulary
public import Parties
public import PooledProcurement
public import Primitives

/// What a storekeeper found of one line of a shipment, in packs.
public struct InspectedLine: Sendable, Hashable {
    public var shipmentLine: Int
    public var delivered: Int64
    public var accepted: Int64
    /// Why packs are rejected or did not come.
    public var reason: RejectionReason?
    public var explanation: String
    /// Why goods with little remaining life are accepted.
    public var acceptanceReason: String
    /// The batch on the packs, where it differs from the notice.
    public var batchNumber: String?
    public var expiresOn: CalendarDate?
    /// Tenths of a degree Celsius on arrival.
    public var temperature: Int?

    public init(
        shipmentLine: Int, delivered: Int64, accepted: Int64, reason: RejectionReason? = nil, explanation: String = "",
        acceptanceReason: String = "", batchNumber: String? = nil, expiresOn: CalendarDate? = nil, temperature: Int? = nil
    ) {
        self.shipmentLine = shipmentLine
        self.delivered = delivered
        self.accepted = accepted
        self.reason = reason
        self.explanation = explanation
        self.acceptanceReason = acceptanceReason
        self.batchNumber = batchNumber
        self.expiresOn = expiresOn
        self.temperature = temperature
    }
}

/// The parameters of acceptance.
///
/// Source: R-EX-02, minimum remaining life at receipt, commonly six months; storage labels of §9: cold chain 2–8 ℃, frozen
/// −25 to −10 ℃.
public struct InspectionParameters: Sendable, Hashable {
    /// Days from the receipt to the expiry; fewer need a reason.
    public var remainingDaysMin = 180
    /// Tenths of a degree Celsius.
    public var coldRange = 20...80
    public var frozenRange = -250...(-100)

    public init() {}

    public static let usual = InspectionParameters()

    /// The temperatures at which goods of a storage condition may arrive; `nil` when no record is asked for.
    public func range(for storage: StorageCondition) -> ClosedRange<Int>? {
        switch storage {
        case .cold: coldRange
        case .frozen: frozenRange
        case .room, .cool: nil
        }
    }
}

/// Decides what may be accepted of one line. Pure: reads nothing.
public struct Inspection: Sendable {
    public var parameters: InspectionParameters
    public var today: CalendarDate

    public init(parameters: InspectionParameters = .usual, today: CalendarDate) {
        self.parameters = parameters
        self.today = today
    }

    /// The line of the receipt.
    ///
    /// Goods that were not ordered, have expired, or came outside their temperature range must be rejected; goods with little
    /// remaining life are accepted with a reason; packs beyond the announced ones are rejected.
    ///
    /// Source: Drug Administration Law (2019), art. 70 (R-PU-02); R-EX-01, R-EX-02; R-CC-01 (goods with special transport
    /// conditions need a check and a record, non-conforming transport is refused).
    ///
    /// - Parameter product: what is in the packs.
    /// - Throws: ``DistributionRefusal``, the first that applies: numbers, wrong article, expired, temperature, little
    ///   remaining life, a rejection or shortage without its reason.
    public func inspect(
        _ found: InspectedLine, of line: ShipmentLine, ordered: PurchaseOrderLine, product: Product, field: String
    ) throws(DistributionRefusal) -> GoodsReceiptLine {
        guard (0...AnnounceShipment.packsMax).contains(found.delivered),
            (0...min(found.delivered, line.packs)).contains(found.accepted)
        else {
            throw DistributionRefusal(
                .linesInvalid, "\(found.accepted) accepted of \(found.delivered) delivered and \(line.packs) announced",
                field: "\(field).accepted")
        }
        let batch = found.batchNumber?.trimmed ?? line.batchNumber
        guard (1...40).contains(batch.count), batch.isPrintable else {
            throw DistributionRefusal(.linesInvalid, "a batch number has 1 to 40 characters", field: "\(field).batchNumber")
        }
        let expiresOn = found.expiresOn ?? line.expiresOn
        let (rejected, short) = (found.delivered - found.accepted, max(0, line.packs - found.delivered))
        if found.accepted > 0 {
            try checkAccepted(found, article: line.article, ordered, product, batch, expiresOn, field: field)
        }
        try checkReason(found, rejected: rejected, short: short, field: field)
        return GoodsReceiptLine(
            shipmentLine: line.number, orderLine: line.orderLine, product: product.id, article: line.article, batchNumber: batch,
            expiresOn: expiresOn, announced: line.packs, delivered: found.delivered, accepted: found.accepted, rejected: rejected,
            short: short, over: max(0, found.delivered - line.packs),
            acceptedUnits: BaseUnits(found.accepted * ordered.packSize.rawValue),
            reason: rejected + short > 0 ? found.reason : nil,
            explanation: found.explanation.trimmed, acceptanceReason: found.acceptanceReason.trimmed,
            temperature: found.temperature)
    }

    private func checkAccepted(
        _ found: InspectedLine, article: ArticleID, _ ordered: PurchaseOrderLine, _ product: Product, _ batch: String,
        _ expiresOn: CalendarDate, field: String
    ) throws(DistributionRefusal) {
        guard article == ordered.article else {
            throw DistributionRefusal(
                .wrongArticle, "article \(article) came, \(ordered.article) was ordered", field: "\(field).accepted")
        }
        guard expiresOn > today else {
            throw DistributionRefusal(.expired, "batch \(batch) expires on \(expiresOn)", field: "\(field).accepted")
        }
        if let range = parameters.range(for: product.storage) {
            guard let temperature = found.temperature else {
                throw DistributionRefusal(.temperatureMissing, product.label, field: "\(field).temperature")
            }
            guard range.contains(temperature) else {
                throw DistributionRefusal(
                    .temperatureOutOfRange,
                    "\(temperature) tenths of a degree, \(range.lowerBound) to \(range.upperBound) allowed",
                    field: "\(field).temperature")
            }
        }
        let remaining = expiresOn.days(since: today)
        guard remaining >= parameters.remainingDaysMin || !found.acceptanceReason.trimmed.isEmpty else {
            throw DistributionRefusal(
                .shortDated, "batch \(batch) has \(remaining) days, at least \(parameters.remainingDaysMin) are usual",
                field: "\(field).acceptanceReason")
        }
    }

    private func checkReason(
        _ found: InspectedLine, rejected: Int64, short: Int64, field: String
    ) throws(DistributionRefusal) {
        guard rejected + short > 0 else { return }
        guard let reason = found.reason else {
            throw DistributionRefusal(.reasonRequired, "\(rejected) packs rejected, \(short) short", field: "\(field).reason")
        }
        guard reason != .other || !found.explanation.trimmed.isEmpty else {
            throw DistributionRefusal(.reasonRequired, "another reason is said in words", field: "\(field).explanation")
        }
    }
}

extension Product {
    /// Whether two people accept it together.
    ///
    /// Source: R-CD-02, narcotic and psychotropic I drugs; toxic drug measures (1988).
    public var needsTwoReceivers: Bool {
        switch specialControl {
        case .narcotic, .psychotropicI, .toxic: true
        case .none, .psychotropicII, .precursor: false
        }
    }
}

extension Sequence<Licence> {
    /// Whether one of them allows supplying a product of `kind` on `day`.
    ///
    /// Source: Drug Administration Law (2019), art. 55, R-PU-01: licences are checked at order and at receipt; device
    /// regulation (2021), art. 45, R-PU-05.
    public func allowDelivery(of kind: ProductKind, on day: CalendarDate) -> Bool {
        let kinds: Set<LicenceKind> =
            kind == .consumable ? [.deviceProduction, .deviceDistribution] : [.drugProduction, .drugDistribution]
        return contains { kinds.contains($0.kind) && $0.isValid(on: day) }
    }
}
