public import Dispensing
public import Formulary
public import Primitives
import Requisitions
import StockLedger

/// Decides what to propose when the pharmacy of choice lacks something. Pure: reads nothing.
///
/// The sooner the patient has everything, the earlier it stands: two pharmacies today, a delivery, what another store sends,
/// at last a report for what nobody has. When some pharmacy has everything, the patient goes there or has it brought; nothing
/// else is proposed.
public struct Proposals: Sendable {
    /// Stores that are proposed to share one line.
    static let donorsMax = 2

    public let kind: PrescriptionKind
    public let lines: [OpenLine]
    public let products: [ProductID: Product]
    /// Where the patient would collect: the pharmacy of choice, else the first that is offered.
    public let target: PharmacyOffer?
    /// In the order of ``OfferOrder``.
    public let offers: [PharmacyOffer]
    /// Of every store, also those that serve no patients.
    public let spares: [Spare]

    public init(
        kind: PrescriptionKind, lines: [OpenLine], products: [ProductID: Product], target: PharmacyOffer?,
        offers: [PharmacyOffer], spares: [Spare]
    ) {
        self.kind = kind
        self.lines = lines
        self.products = products
        self.target = target
        self.offers = offers
        self.spares = spares
    }

    /// Best first.
    public var all: [Proposal] {
        guard target?.isComplete != true else { return [] }
        if let whole = offers.first(where: \.isComplete) { return wholeDelivery(from: whole).map { [$0] } ?? [] }
        let (split, delivery) = (split, restDelivery)
        let shortages = split == nil && delivery == nil ? shortages : []
        return [split, delivery].compactMap { $0 } + sharings + shortages
    }

    // MARK: - Two pharmacies

    /// The first two pharmacies in their order that have everything together. Herbal pieces are decocted together, so they
    /// are not split.
    private var split: Proposal? {
        guard kind != .herbal else { return nil }
        for (number, first) in offers.enumerated() {
            for second in offers.dropFirst(number + 1) where complete(first, second) {
                let parts = zip(first.lines, second.lines).flatMap { one, other in
                    [part(first.store, one, one.served), part(second.store, other, one.short)].filter { $0.quantity > 0 }
                }
                return Proposal(
                    .split, target: target?.store, parts: parts,
                    explanation: Phrase(
                        "\(first.facilityName)与\(second.facilityName)合计有全部药品，可分两处取药：\(words(parts, names).chinese)",
                        "\(first.facilityName) and \(second.facilityName) have everything together: \(words(parts, names).english)"))
            }
        }
        return nil
    }

    private func complete(_ first: PharmacyOffer, _ second: PharmacyOffer) -> Bool {
        zip(first.lines, second.lines).allSatisfy { $0.served + $1.served >= $0.open }
    }

    // MARK: - Delivery

    private func wholeDelivery(from origin: PharmacyOffer) -> Proposal? {
        delivery(from: origin, origin.lines.map { part(origin.store, $0, $0.open) })
    }

    /// The first pharmacy that has all that the target lacks; the rest is collected.
    private var restDelivery: Proposal? {
        guard let target, kind != .herbal else { return nil }
        let short = target.lines.enumerated().filter { $0.element.short > 0 }
        let origin = offers.first { offer in
            offer.store != target.store && short.allSatisfy { offer.lines[$0.offset].served >= $0.element.short }
        }
        guard let origin else { return nil }
        return delivery(from: origin, short.map { part(origin.store, $0.element, $0.element.short) })
    }

    private func delivery(from origin: PharmacyOffer, _ parts: [Proposal.Part]) -> Proposal? {
        let delivered = parts.compactMap { products[$0.product] }
        guard delivered.allSatisfy(\.mayBeDelivered) else { return nil }
        let needsCold = delivered.contains(where: \.isKeptCold)
        let words = words(parts, names)
        return Proposal(
            .delivery, target: target?.store, parts: parts,
            explanation: Phrase(
                "可由\(origin.facilityName)送药到家或到村：\(words.chinese)\(needsCold ? "；须全程冷链" : "")",
                "\(origin.facilityName) can have it brought to the home or village: \(words.english)"
                    + (needsCold ? "; it must be kept cold" : "")))
    }

    // MARK: - Sharing and shortage

    private func donors(of line: LineCoverage) -> [Spare] {
        guard products[line.product]?.specialControl.mayBeRedistributed == true else { return [] }
        return spares.filter { $0.line == line.line && $0.store != target?.store }
            .sorted { $0.isBefore($1, for: line.short) }
    }

    private var sharings: [Proposal] {
        guard let target else { return [] }
        return target.lines.filter { $0.short > 0 }.flatMap { line in
            donors(of: line).prefix(Self.donorsMax).map { donor in
                let part = part(donor.store, line, min(donor.quantity, line.short))
                let words = words([part], [donor.store: donor.name])
                return Proposal(
                    .sharing, target: target.store, parts: [part],
                    explanation: Phrase(
                        "向\(donor.name)申请共享（其近\(Spare.keptDays)天用量已扣除）：\(words.chinese)",
                        "Ask \(donor.name) to share, its own use of \(Spare.keptDays) days set aside: \(words.english)"))
            }
        }
    }

    /// What is short beyond all that could be shared.
    private var shortages: [Proposal] {
        let short = target?.lines ?? lines.map { LineCoverage($0, from: .none) }
        return short.compactMap { line in
            let missing = line.short - min(line.short, donors(of: line).map(\.quantity).sum())
            guard missing > 0 else { return nil }
            let part = part(nil, line, missing)
            let words = words([part], [:])
            return Proposal(
                .shortage, target: target?.store, parts: [part],
                explanation: Phrase("医联体内无法调剂，登记缺药：\(words.chinese)", "Nobody can spare it, report it short: \(words.english)"))
        }
    }

    // MARK: - Words

    private var names: [StoreID: String] {
        Dictionary(offers.map { ($0.store, $0.facilityName) }, uniquingKeysWith: { first, _ in first })
    }

    private func part(_ store: StoreID?, _ line: LineCoverage, _ quantity: BaseUnits) -> Proposal.Part {
        Proposal.Part(store: store, line: line.line, product: line.product, quantity: quantity)
    }

    private func words(_ parts: [Proposal.Part], _ names: [StoreID: String]) -> Phrase {
        let told = parts.map { part in
            let product = products[part.product]
            let unit = UnitWord(code: product?.baseUnit ?? "").name
            let amount = WholeNumbers.grouped(Int128(part.quantity.rawValue))
            let place = part.store.flatMap { names[$0] }
            let name = product?.label ?? part.product.description
            return Phrase(
                "\(place.map { "\($0) " } ?? "")\(name) \(amount)\(unit.chinese)",
                "\(place.map { "\($0) " } ?? "")\(name), \(amount) \(unit.english)")
        }
        return Phrase(told.map(\.chinese).joined(separator: "，"), told.map(\.english).joined(separator: "; "))
    }
}
