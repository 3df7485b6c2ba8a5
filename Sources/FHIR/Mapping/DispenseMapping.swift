public import Dispensing
public import Formulary
import MedicationRules
public import Parties
public import Primitives
import StockLedger

/// A dispensing with all that a resource tells about it.
public struct DispensingInContext: Sendable {
    public var record: DispensingRecord
    /// What it was dispensed on, as it was then.
    public var prescription: PrescriptionInContext
    public var store: Store
    public var articles: [ArticleID: Article]
    /// Names of manufacturers.
    public var makers: [CompanyID: String]

    public init(
        record: DispensingRecord, prescription: PrescriptionInContext, store: Store, articles: [ArticleID: Article],
        makers: [CompanyID: String]
    ) {
        self.record = record
        self.prescription = prescription
        self.store = store
        self.articles = articles
        self.makers = makers
    }
}

extension R4.MedicationDispense {
    /// One line of a dispensing: what one batch gave to one prescribed line. FHIR asks for one medicine and one quantity in a
    /// resource, and a recall asks for the batch, which stands in the contained Medication.
    ///
    /// What came back is told by an extension: the patient had it, so the line stays completed.
    ///
    /// - Parameter number: of the line, from 1; `nil` comes back when there is no such line.
    public init?(line number: Int, of context: DispensingInContext, systems: CodeSystems = .standard) {
        let (record, ordered) = (context.record, context.prescription)
        guard let dispensed = record.lines.first(where: { $0.number == number }),
            let product = ordered.products[dispensed.pick.product],
            let article = context.articles[dispensed.pick.article]
        else { return nil }
        self.init()
        id = PartKey(record.id, Int64(number)).description
        contained = [Self.medication(dispensed, article, product, context, systems)]
        identifier = [R4.Identifier(systems.dispensingLine, "\(record.number)-\(number)")]
        status = .completed
        medicationReference = R4.Reference("#handed-out", display: product.label)
        subject = R4.Reference(ordered.patient)
        var dispenser = Performer()
        dispenser.actor = R4.Reference(
            nil, type: "Practitioner", identifier: R4.Identifier(systems.person, record.dispenser.description),
            display: ordered.people[record.dispenser])
        performer = [dispenser]
        location = R4.Reference(
            nil, type: "Location", identifier: R4.Identifier(systems.store, context.store.id.description),
            display: context.store.name)
        authorizingPrescription = [
            R4.Reference("MedicationRequest/\(PartKey(record.prescription, dispensed.pick.product.rawValue))")
        ]
        quantity = R4.Quantity(dispensed.pick.quantity, of: product, words: ordered.words, systems: systems)
        whenHandedOver = .instant(record.dispensedAt)
        let lines = ordered.prescription.content.lines
        if lines.indices.contains(dispensed.prescriptionLine - 1) {
            let line = lines[dispensed.prescriptionLine - 1]
            if let days = line.frequency.daysLasted(by: dispensed.pick.quantity, dose: line.dose) {
                daysSupply = R4.Quantity(days: days)
            }
            dosageInstruction = [R4.Dosage(line, of: product, words: ordered.words, systems: systems)]
        }
        if dispensed.returned > .zero {
            self.extension = [
                R4.Extension(
                    systems.extensionURL(.returnedQuantity),
                    quantity: R4.Quantity(dispensed.returned, of: product, words: ordered.words, systems: systems))
            ]
        }
    }

    /// Every line of a dispensing.
    public static func all(of context: DispensingInContext, systems: CodeSystems = .standard) -> [Self] {
        context.record.lines.compactMap { Self(line: $0.number, of: context, systems: systems) }
    }

    private static func medication(
        _ dispensed: DispensedLine, _ article: Article, _ product: Product, _ context: DispensingInContext,
        _ systems: CodeSystems
    ) -> R4.Medication {
        var medication = R4.Medication(
            article, of: product, maker: article.manufacturer.flatMap { context.makers[$0] }, isWithdrawn: false,
            words: context.prescription.words, systems: systems)
        medication.id = "handed-out"
        medication.status = nil
        var batch = R4.Medication.Batch()
        batch.lotNumber = dispensed.pick.batchNumber
        batch.expirationDate = .day(dispensed.pick.expiresOn)
        medication.batch = batch
        return medication
    }
}
