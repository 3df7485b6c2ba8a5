public import Dispensing
public import Formulary
import MedicationRules

extension R4.Dosage {
    /// How a prescribed line is taken.
    public init(_ line: PrescriptionLine, of product: Product, words: WordsOfCodes, systems: CodeSystems = .standard) {
        self.init()
        text = line.doseText
        if !line.note.isEmpty { additionalInstruction = [R4.CodeableConcept(text: line.note)] }
        route = line.route.map { R4.CodeableConcept([R4.Coding(systems.route, $0.code, $0.chinese)], text: $0.chinese) }
        timing = R4.Timing(line.frequency, systems: systems)
        if line.frequency.isAsNeeded { asNeededBoolean = true }
        doseAndRate = [
            R4.DoseAndRate(
                dose: R4.Quantity(
                    R4.Number(thousandths: line.dose.thousandths), unit: words.unit(product.baseUnit), system: systems.unit,
                    code: product.baseUnit))
        ]
    }
}
