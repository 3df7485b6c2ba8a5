public import Formulary
import MedicationRules
public import Primitives

extension PrescriptionLine {
    /// The base units that the course needs by dose, frequency and days, or by dose and number of boilings of herbal
    /// pieces; `nil` when the frequency does not tell, as when necessary.
    ///
    /// Of what is not kept once it is open, as an ampoule, each dose may take its own: then it is a range.
    public func computedQuantity(of product: Product, herbal: HerbalDirections? = nil) -> ClosedRange<BaseUnits>? {
        if let herbal { return dose.quantity(of: Int64(herbal.doses))...dose.quantity(of: Int64(herbal.doses)) }
        guard let least = frequency.quantity(of: dose, for: days) else { return nil }
        let most = frequency.quantity(of: dose, for: days, keepsOpened: product.release != .injection)
        return least...(most ?? least)
    }
}

extension PrescriptionRules {
    /// What was entered is what dose, frequency and days come to, or that rounded up to whole packs where the consortium
    /// allows it.
    ///
    /// Source: R-RX-08, R-RX-09 (usage and amount agree); §4, whole packs as a parameter.
    func quantities(_ prescription: Case, _ named: [Product]) -> [Judgement] {
        var judgements: [Judgement] = []
        for (number, (line, product)) in zip(prescription.content.lines, named).enumerated() {
            guard let computed = line.computedQuantity(of: product, herbal: prescription.content.herbal) else {
                judgements.append(
                    .note(
                        "prescription.quantity-untold", .note, lines: [number + 1],
                        Phrase("\(product.label)按需使用，总量不能由用法推算", "\(product.label): the usage does not tell the quantity"),
                        source: "R-RX-09"))
                continue
            }
            let isOfWholePacks =
                limits.roundsUpToPacks
                && (prescription.packSizes[line.product] ?? []).contains {
                    computed.lowerBound.roundedUp(toPacksOf: $0) == line.quantity
                }
            guard !computed.contains(line.quantity), !isOfWholePacks else { continue }
            let needed =
                computed.lowerBound == computed.upperBound
                ? "\(computed.lowerBound)" : "\(computed.lowerBound) to \(computed.upperBound)"
            judgements.append(
                .block(
                    "prescription.quantity", lines: [number + 1],
                    "\(product.label)：开具\(line.quantity)，按用法用量应为\(needed)", source: "R-RX-08, R-RX-09",
                    as: DispensingRefusal(
                        .quantityDiffers, "\(product.label): \(line.quantity) entered, dose, frequency and days come to \(needed)",
                        field: "lines[\(number)].quantity")))
        }
        return judgements
    }
}
