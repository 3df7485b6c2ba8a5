public import Formulary
public import Primitives
import StockLedger

/// What stands on the bag or box of one medicine of a dispensing.
///
/// Source: R-ST-02: generic name, strength, usage, dose, expiry, cautions.
public struct DrugLabel: Sendable, Hashable {
    /// A batch that is in the bag.
    public struct Part: Sendable, Hashable {
        public let batchNumber: String
        public let expiresOn: CalendarDate
        public let quantity: Phrase
        /// How much of it came out of an opened pack; `nil` when nothing did.
        public let split: Phrase?
    }

    public let genericName: String
    public let englishName: String
    public let strength: String
    public let usage: Phrase
    public let quantity: Phrase
    public let days: Int
    public let parts: [Part]
    public let cautions: [Phrase]
    /// Whether some of it came out of an opened pack.
    public var isSplit: Bool { parts.contains { $0.split != nil } }

    init(_ written: PrescriptionLine, _ lines: [DispensedLine], of product: Product, route: Phrase?) {
        let unit = UnitWords(code: product.baseUnit)
        genericName = product.genericName
        englishName = product.englishName
        strength = product.strength
        usage =
            DoseInWords(
                dose: written.dose, doseText: written.doseText, unit: unit, strength: product.strength,
                frequency: written.frequency, route: route
            ).phrase
        quantity = unit.count(lines.map(\.pick.quantity).sum())
        days = written.days
        parts = lines.map { line in
            Part(
                batchNumber: line.pick.batchNumber, expiresOn: line.pick.expiresOn, quantity: unit.count(line.pick.quantity),
                split: line.split > 0 ? unit.count(line.split) : nil)
        }
        cautions = Self.cautions(of: product, isSplit: lines.contains { $0.split > 0 })
    }

    /// How it is kept and what to look out for.
    ///
    /// Source: §9 (storage by the product's label), R-ST-02.
    public static func cautions(of product: Product, isSplit: Bool) -> [Phrase] {
        let place =
            switch product.storage {
            case .room: Phrase("常温(10～30℃)保存", "Keep at 10–30 °C")
            case .cool: Phrase("阴凉处(不超过20℃)保存", "Keep at 20 °C or below")
            case .cold: Phrase("冷藏(2～8℃)保存，不得冷冻", "Keep in a refrigerator at 2–8 °C; do not freeze")
            case .frozen: Phrase("冷冻(-25～-10℃)保存", "Keep frozen at −25 to −10 °C")
            }
        var cautions = [place]
        if product.lightProtected { cautions.append(Phrase("避光保存", "Protect from light")) }
        switch product.specialControl {
        case .narcotic, .psychotropicI, .psychotropicII, .toxic:
            cautions.append(Phrase("特殊管理药品，遵医嘱使用，不得转给他人", "Controlled medicine: use as prescribed, never pass it on"))
        case .none, .precursor: break
        }
        if isSplit {
            cautions.append(Phrase("拆零药品，请尽快用完，用前看有效期", "From an opened pack: use it soon, and look at the expiry first"))
        }
        return cautions + [Phrase("放在儿童接触不到的地方", "Keep out of the reach of children")]
    }
}

/// What a patient takes home with a dispensing.
public struct PatientSheet: Sendable, Hashable {
    public let number: String
    public let prescriptionNumber: String
    public let facility: String
    public let store: String
    public let dispensedOn: CalendarDate
    public let patientName: String
    public let sex: Sex
    /// Whole years on the day.
    public let age: Int
    public let preparer: String?
    public let dispenser: String
    public let labels: [DrugLabel]
}

extension String {
    /// A name of which only the first and, of three or more, the last character are shown: `张*`, `王*明`.
    public var maskedName: String {
        guard count > 1, let first else { return "*" }
        return count == 2 ? "\(first)*" : "\(first)" + String(repeating: "*", count: count - 2) + suffix(1)
    }
}
