import Formulary
import Primitives

/// The medicines that come together in a patient: the prescription's lines and what is still taken, with the substances
/// in each.
struct Medicines {
    struct Medicine {
        /// `nil` for one that an earlier prescription covers.
        let line: CheckedLine?
        let current: CurrentMedication?
        let product: Product
        let route: RouteGroup
        let substances: [Substance]
        /// Whether they stand in the order of the product's name.
        let isOrdered: Bool
        /// The codes of the substances and of their groups.
        let codes: Set<String>

        init(
            line: CheckedLine? = nil, current: CurrentMedication? = nil, product: Product, route: RouteGroup, _ index: SubstanceIndex
        ) {
            self.line = line
            self.current = current
            self.product = product
            self.route = route
            let named = index.substances(in: product)
            substances = named.substances
            isOrdered = named.isOrdered
            codes = Set(substances.flatMap { [$0.code] + $0.groups })
        }

        /// What the medicine is called where a finding names it.
        var label: Phrase {
            guard let current else { return Phrase(product.label, product.label) }
            return Phrase(
                "\(product.label)（\(current.document)，用至\(current.through)）",
                "\(product.label) (\(current.document), through \(current.through))")
        }
    }

    let lines: [Medicine]
    let current: [Medicine]

    init(_ prescription: CheckedPrescription, _ catalogue: RuleCatalogue) {
        lines = prescription.lines.sorted { $0.number < $1.number }.map { line in
            Medicine(line: line, product: line.product, route: line.routeGroup, catalogue.index)
        }
        current = prescription.current.filter { $0.through >= prescription.on }.map { medication in
            Medicine(
                current: medication, product: medication.product,
                route: RouteGroup(dosageForm: medication.product.dosageForm), catalogue.index)
        }
    }

    /// Every two medicines of which at least one is prescribed now.
    var pairs: [(Medicine, Medicine)] {
        lines.indices.flatMap { index in
            lines[(index + 1)...].map { (lines[index], $0) } + current.map { (lines[index], $0) }
        }
    }
}

extension Medicines.Medicine {
    static func lines(of medicines: Self...) -> [Int] { medicines.compactMap { $0.line?.number }.sorted() }
}
