import Formulary
import Parties
import Primitives

/// What a demonstration consortium's formulary permits: essential and volume-based medicines, and those of the conditions
/// whose medicines the consortia align across their levels.
struct FormularySelection: Sendable {
    /// How many of other kinds than medicines of the general list are taken, the first by code.
    static let kindMax: [ProductKind: Int] = [.ethnic: 80, .herbal: 60, .consumable: 40]
    /// Twelve weeks: the most a long prescription may cover (rule R-LP-04).
    static let longPrescriptionDays = 84

    /// Yangjiang's plan of 2017: hypertension, diabetes, tumours, severe mental disorders.
    private static let aligned: Set<String> = ["hypertension", "diabetes", "tumour", "mental"]

    let kinds: [ProductKind]

    /// The products of `catalogue` that are taken, in its order.
    func products(of catalogue: [CatalogueProduct]) -> [CatalogueProduct] {
        var taken: [ProductKind: Int] = [:]
        return catalogue.filter { product in
            guard kinds.contains(product.kind), isWanted(product) else { return false }
            taken[product.kind, default: 0] += 1
            return taken[product.kind, default: 0] <= Self.kindMax[product.kind] ?? .max
        }
    }

    /// The entry of a product that is taken.
    func entry(of product: CatalogueProduct) -> FormularyEntry {
        FormularyEntry(
            product: product.id, levels: Self.levels(of: product), restriction: Self.restriction(of: product),
            daysMax: Self.daysMax(of: product), reason: Self.reason(of: product))
    }

    private func isWanted(_ product: CatalogueProduct) -> Bool {
        switch product.kind {
        case .herbal, .ethnic, .consumable: true
        case .western, .patent:
            product.isEssential || product.isVolumeBased || !Self.aligned.isDisjoint(with: product.diseaseGroups)
        }
    }

    /// Where a product may be ordered and prescribed: tumour medicines and controlled ones at the county hospital only,
    /// other injections down to the township, essential oral medicines everywhere.
    static func levels(of product: CatalogueProduct) -> Set<FacilityLevel> {
        if product.specialControl != .none || product.diseaseGroups.contains("tumour") { return [.county] }
        if product.kind == .consumable { return [.county, .township, .village] }
        let needsMore = product.isInjected || product.kind == .herbal || product.kind == .ethnic || !product.isEssential
        return needsMore ? [.county, .township] : [.county, .township, .village]
    }

    private static func restriction(of product: CatalogueProduct) -> String {
        if product.specialControl != .none { return "限县级医院，凭专用处方" }
        return product.diseaseGroups.contains("tumour") ? "限县级医院肿瘤专业医师" : ""
    }

    /// The usual days of an outpatient's prescription of a controlled medicine, and rule R-LP-04 for long prescriptions.
    private static func daysMax(of product: CatalogueProduct) -> Int? {
        switch product.specialControl {
        case .narcotic, .psychotropicI: 3
        case .psychotropicII: 7
        case .none, .toxic, .precursor: product.isLongPrescription ? longPrescriptionDays : nil
        }
    }

    private static func reason(of product: CatalogueProduct) -> String {
        if product.isEssential { return "国家基本药物" }
        if product.isVolumeBased { return "集中带量采购中选品种" }
        return product.isChronic ? "慢性病上下级用药衔接" : "临床需要"
    }
}
