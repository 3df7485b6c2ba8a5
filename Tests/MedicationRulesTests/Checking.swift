import MedicationRules
import Parties
import Primitives

@testable import Formulary

/// Products, patients and prescriptions for tables of cases.
enum Checking {
    static let today = CalendarDate(day: 20_778)

    static func product(
        _ id: Int64, _ name: String, english: String = "", kind: ProductKind = .western, form: String = "tablet",
        strength: String = "1mg", unit: String = "tablet", drugClass: String = "", control: SpecialControl = .none,
        storage: StorageCondition = .room
    ) -> Product {
        Product(
            id: ProductID(id), code: "W\(id)", kind: kind, genericName: name, englishName: english, dosageForm: form,
            strength: strength, baseUnit: unit, drugClass: drugClass, reimbursement: .none, essential: false,
            volumeBased: false, longPrescription: true, specialControl: control, storage: storage, lightProtected: false,
            diseaseGroups: [])
    }

    /// Every product once a day, one base unit, seven days.
    static func lines(_ products: [Product]) -> [CheckedLine] {
        products.enumerated().compactMap { number, product in line(product, number: number + 1) }
    }

    static func line(
        _ product: Product, number: Int = 1, dose: Int64 = 1_000, frequency: String = "qd", route: String? = nil, days: Int = 7
    ) -> CheckedLine? {
        DosingFrequency(code: frequency).map { frequency in
            CheckedLine(
                number: number, product: product, dose: DoseAmount(thousandths: dose), frequency: frequency, route: route,
                days: days, quantity: 7)
        }
    }

    static let adult = CheckedPatient(birthOn: today.adding(days: -15_000), sex: .male)

    static func prescription(
        _ products: [Product], patient: CheckedPatient = adult, isLong: Bool = false, level: FacilityLevel = .county,
        current: [CurrentMedication] = []
    ) -> CheckedPrescription {
        CheckedPrescription(
            patient: patient, on: today, isLong: isLong, level: level, lines: lines(products), current: current)
    }
}
