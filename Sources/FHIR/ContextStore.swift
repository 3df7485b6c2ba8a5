import Dispensing
import Formulary
import Parties
import Postgres
import Primitives
import StockLedger

/// Reads what the resources of a prescription or a dispensing tell, and writes the identifiers of senders.
struct ContextStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    // MARK: - Prescriptions and dispensings

    /// - Returns: `nil` when there is no such prescription.
    func prescription(_ id: PrescriptionID, _ words: WordsOfCodes) throws -> PrescriptionInContext? {
        let prescription: Prescription
        do {
            prescription = try PrescriptionReadings(transaction, of: consortium).prescription(id)
        } catch let refusal as DispensingRefusal where refusal.code == .prescriptionUnknown {
            return nil
        }
        return PrescriptionInContext(
            prescription: prescription, patient: try PatientStore(transaction).patient(prescription.patient, of: consortium),
            products: try ProductsStore(transaction).products(prescription.content.lines.map(\.product)),
            people: try names(of: [prescription.prescriber] + prescription.reviews.map(\.reviewer)),
            facilityName: try PartiesStore(transaction).facility(prescription.facility, of: consortium).name,
            placers: try placers(of: id), words: words)
    }

    /// - Returns: `nil` when there is no such dispensing.
    func dispensing(_ id: DispensingID, _ words: WordsOfCodes) throws -> DispensingInContext? {
        let record: DispensingRecord
        do {
            record = try PrescriptionReadings(transaction, of: consortium).dispensing(id)
        } catch let refusal as DispensingRefusal where refusal.code == .dispensingUnknown {
            return nil
        }
        guard var prescription = try prescription(record.prescription, words) else { return nil }
        prescription.people.merge(try names(of: [record.dispenser])) { first, _ in first }
        let articles = try articles(record.lines.map { .article($0.pick.article) })
        return DispensingInContext(
            record: record, prescription: prescription, store: try PartiesStore(transaction).store(record.store, of: consortium),
            articles: articles, makers: try makers(of: Array(articles.values)))
    }

    private func names(of people: [PersonID]) throws -> [PersonID: String] {
        let found = try transaction.query(
            """
            SELECT person_id, name FROM identity.person
             WHERE consortium_id = \(consortium) AND person_id = ANY(\(Array(Set(people))))
            """
        ) { (try $0["person_id"] as PersonID, try $0["name"] as String) }
        return Dictionary(found) { first, _ in first }
    }

    // MARK: - Medications

    func articles(_ keys: [MedicationKey]) throws -> [ArticleID: Article] {
        try ProductsStore(transaction).articles(keys.compactMap { if case .article(let id) = $0 { id } else { nil } })
    }

    /// The products that `keys` name, and those of `articles`.
    func products(_ keys: [MedicationKey], _ articles: [ArticleID: Article]) throws -> [ProductID: Product] {
        let named = keys.compactMap { if case .product(let id) = $0 { id } else { nil } }
        return try ProductsStore(transaction).products(named + articles.values.map(\.product))
    }

    func makers(of articles: [Article]) throws -> [CompanyID: String] {
        let found = try transaction.query(
            "SELECT company_id, name FROM parties.company WHERE company_id = ANY(\(articles.compactMap(\.manufacturer)))"
        ) { (try $0["company_id"] as CompanyID, try $0["name"] as String) }
        return Dictionary(found) { first, _ in first }
    }

    // MARK: - Identifiers of senders

    private func placers(of prescription: PrescriptionID) throws -> [PlacerIdentifier] {
        try transaction.query(
            """
            SELECT product_id, system, value FROM fhir.placer_identifier
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription)
             ORDER BY scope DESC, system, value
            """
        ) { PlacerIdentifier(product: try $0["product_id"], system: try $0["system"], value: try $0["value"]) }
    }

    /// - Throws: ``FHIRRefusal`` when one of them is known already.
    func add(_ placers: [PlacerIdentifier], of prescription: PrescriptionID, at now: Instant) throws {
        for placer in placers {
            let isNew = try transaction.execute(
                """
                INSERT INTO fhir.placer_identifier
                       (consortium_id, scope, system, value, prescription_id, product_id, recorded_at)
                VALUES (\(consortium), \(placer.product == nil ? "prescription" : "line"), \(placer.system), \(placer.value),
                        \(prescription), \(placer.product), \(now))
                ON CONFLICT (consortium_id, scope, system, value) DO NOTHING
                """)
            guard isNew == 1 else {
                throw FHIRRefusal(.identifierTaken, "\(placer.system)|\(placer.value)", field: "MedicationRequest.identifier")
            }
        }
    }
}
