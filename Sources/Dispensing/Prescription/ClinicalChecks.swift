import Formulary
import MedicationRules
import Parties
import Postgres
import Primitives

/// Asks the clinical rules about a prescription, with what is known of the patient and what the patient still takes.
struct ClinicalChecks {
    let transaction: Transaction
    let consortium: ConsortiumID

    func judge(
        _ subject: PrescriptionChecks.Subject, products: [ProductID: Product], level: FacilityLevel
    ) throws -> (judgements: [Judgement], catalogue: String) {
        let catalogue = try RuleCatalogues(transaction).inForce()
        let rules = ClinicalRules(
            catalogue: catalogue, limits: try LimitSettings(transaction).limits(of: consortium, on: subject.today))
        let patient = try PatientStore(transaction).patient(subject.patient, of: consortium)
        let facts = try PatientFactsStore(transaction, consortium).facts(of: patient, on: subject.today)
        let prescription = CheckedPrescription(
            patient: Self.checked(patient, facts, subject.content), on: subject.today, isLong: subject.kind == .long,
            level: level, lines: Self.lines(subject.content, products),
            current: try current(subject))
        let judgements = rules.findings(of: prescription).map { finding in
            guard finding.severity == .block else { return Judgement(finding: finding, refusal: nil) }
            let field = finding.lines.first.map { "lines[\($0 - 1)]" } ?? "lines"
            return Judgement(
                finding: finding,
                refusal: DispensingRefusal(.ruleForbids, "\(finding.rule): \(finding.messageEnglish)", field: field))
        }
        return (judgements, catalogue.edition?.version ?? "")
    }

    private static func checked(_ patient: Patient, _ facts: PatientFacts, _ content: PrescriptionContent) -> CheckedPatient {
        let sex: CheckedPatient.Sex =
            switch patient.sex {
            case .female: .female
            case .male: .male
            case .unknown: .unknown
            }
        return CheckedPatient(
            birthOn: patient.birthOn, sex: sex, weightGrams: content.encounter?.weightGrams ?? facts.weight?.grams,
            allergies: facts.allergies.flatMap { [$0.code, $0.name] }.filter { !$0.isEmpty },
            diagnoses: content.diagnoses.map(\.code).filter { !$0.isEmpty })
    }

    private static func lines(_ content: PrescriptionContent, _ products: [ProductID: Product]) -> [CheckedLine] {
        content.lines.enumerated().compactMap { number, line in
            products[line.product].map {
                CheckedLine(
                    number: number + 1, product: $0, dose: line.dose, frequency: line.frequency, route: line.route?.group,
                    days: line.days, quantity: line.quantity)
            }
        }
    }

    private func current(_ subject: PrescriptionChecks.Subject) throws -> [CurrentMedication] {
        let supplies = try SupplyStore(transaction, consortium)
            .supplies(of: subject.patient, except: subject.except, on: subject.today)
        let products = try ProductsStore(transaction).products(supplies.map(\.product))
        return supplies.compactMap { supply in
            products[supply.product].map {
                CurrentMedication(product: $0, through: supply.through, document: supply.number)
            }
        }
    }
}
