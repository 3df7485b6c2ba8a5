import Formulary

extension RuleCatalogue {
    /// How much of each substance one base unit of the medicine holds, by the code of the substance; without those that the
    /// strength does not tell.
    ///
    /// The amounts of a strength are those of the substances in the order of the name, of which the Chinese name and the
    /// English one must agree: the strength of 氨酚羟考酮 counts the second of the name first. What only carries the others
    /// (氯化钠) comes last, if its amount is given at all.
    func amounts(in medicine: Medicines.Medicine) -> [String: Amount] {
        let product = medicine.product
        guard medicine.isOrdered, let strength = try? Strength(product.strength, baseUnit: product.baseUnit) else { return [:] }
        let active = medicine.substances.filter { !$0.groups.contains(Self.solvents) }
        let carriers = medicine.substances.filter { $0.groups.contains(Self.solvents) }
        // A product that is a carrier and nothing else.
        let named = active.isEmpty ? carriers : active
        let counts = active.isEmpty ? [carriers.count] : [active.count, active.count + carriers.count]
        guard counts.contains(strength.amounts.count), agrees(product, named) else { return [:] }
        return Dictionary(
            zip(named.map(\.code), strength.amounts).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether the English name lists the same substances in the same order, or there is only one on both sides.
    private func agrees(_ product: Product, _ named: [Substance]) -> Bool {
        if product.kind == .herbal { return named.count == 1 }
        if named.map({ $0.english.lowercased() }) == [product.englishName.lowercased()] { return true }
        let english = product.englishIngredients
        if named.count == 1 { return english.count <= 1 && !product.genericName.hasPrefix("复方") }
        return english.map { codeByEnglish[$0] ?? $0 } == named.map(\.code)
    }
}

extension Product {
    /// The parts of the English name, in lower case: `metformin` and `empagliflozin`.
    var englishIngredients: [String] {
        englishName.lowercased().replacing(" and ", with: ",").split(separator: ",").map { part in String(part.drop { $0 == " " }) }
    }
}
