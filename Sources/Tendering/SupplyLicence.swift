public import Formulary
public import Parties
public import Primitives

extension ProductKind {
    /// The licences, any one of which a supplier of the product needs.
    ///
    /// Source: Drug Administration Law (2019), art. 55; Regulations on medical devices (2021), art. 45.
    public var supplyLicences: Set<LicenceKind> {
        switch self {
        case .western, .patent, .herbal, .ethnic: [.drugDistribution, .drugProduction]
        case .consumable: [.deviceDistribution, .deviceProduction]
        }
    }
}

extension Sequence<Licence> {
    /// Whether one of the licences lets its holder supply products of `kind` on `day`.
    public func allowSupply(of kind: ProductKind, on day: CalendarDate) -> Bool {
        contains { kind.supplyLicences.contains($0.kind) && $0.isValid(on: day) }
    }
}
