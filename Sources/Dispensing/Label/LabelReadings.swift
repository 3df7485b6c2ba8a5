import Formulary
import Identity
import MedicationRules
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Reads what is printed for a dispensing.
public struct LabelReadings {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``DispensingRefusal`` when there is no such dispensing.
    public func sheet(of id: DispensingID) throws -> PatientSheet {
        let record = try DispensingStore(transaction, consortium).record(id)
        let prescription = try PrescriptionStore(transaction, consortium).prescription(record.prescription)
        let patient = try PatientStore(transaction).patient(prescription.patient, of: consortium)
        let parties = PartiesStore(transaction)
        let store = try parties.store(record.store, of: consortium)
        let people = Dictionary(
            try People(transaction).all(of: consortium).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        return PatientSheet(
            number: record.number, prescriptionNumber: prescription.number,
            facility: try parties.facility(store.facility, of: consortium).name, store: store.name,
            dispensedOn: record.dispensedOn, patientName: patient.name, sex: patient.sex,
            age: patient.birthOn.wholeYears(until: record.dispensedOn), preparer: record.preparer.flatMap { people[$0] },
            dispenser: people[record.dispenser] ?? "", labels: try labels(of: record, prescription))
    }

    private func labels(of record: DispensingRecord, _ prescription: Prescription) throws -> [DrugLabel] {
        let products = try ProductsStore(transaction).products(record.lines.map(\.pick.product))
        let routes = Dictionary(
            try DictionariesStore(transaction).dosageForms().map { ($0.code, $0.route) }, uniquingKeysWith: { first, _ in first })
        return prescription.content.lines.enumerated().compactMap { number, written in
            let lines = record.lines.filter { $0.prescriptionLine == number + 1 }
            guard !lines.isEmpty, let product = products[written.product] else { return nil }
            // What the prescriber wrote, else how the dosage form is given.
            let route = written.route.map { Phrase($0.chinese, $0.english) }
            return DrugLabel(
                written, lines, of: product, route: route ?? routes[product.dosageForm].flatMap { RouteInWords.words[$0] })
        }
    }
}

/// How the routes of the catalogue of dosage forms are called on a label.
enum RouteInWords {
    static let words: [String: Phrase] = [
        "oral": Phrase("口服", "by mouth"), "decoction": Phrase("煎服", "as a decoction, by mouth"),
        "injection": Phrase("注射", "by injection"), "topical": Phrase("外用", "on the skin"),
        "transdermal": Phrase("贴于皮肤", "as a patch on the skin"), "inhalation": Phrase("吸入", "inhaled"),
        "nasal": Phrase("鼻用", "in the nose"), "ophthalmic": Phrase("滴眼", "in the eyes"), "otic": Phrase("滴耳", "in the ears"),
        "rectal_vaginal": Phrase("塞入直肠或阴道", "inserted in the rectum or vagina"),
    ]
}

extension CalendarDate {
    /// How many birthdays somebody has had who was born on this day.
    func wholeYears(until day: CalendarDate) -> Int {
        let (born, then) = (components, day.components)
        return then.year - born.year - ((then.month, then.day) < (born.month, born.day) ? 1 : 0)
    }
}
