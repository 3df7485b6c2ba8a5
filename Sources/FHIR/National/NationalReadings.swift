public import Dispensing
import Formulary
public import Postgres
public import Primitives

/// Reads what the messages of the national interface are made from.
public struct NationalReadings {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// A prescription with all that is kept; the credential and the national codes of institution and people are the
    /// caller's to add.
    ///
    /// Each product is represented by its cheapest offered pack with an insurance code.
    ///
    /// - Throws: ``FHIRRefusal`` when there is no such prescription.
    public func source(_ id: PrescriptionID) throws -> NationalSource {
        let context = try context(id)
        var source = NationalSource(context)
        let store = ProductsStore(transaction)
        for product in context.products.keys {
            source.articles[product] = try store.articles(of: product).first { $0.insuranceCode != nil }
        }
        source.makers = try contexts.makers(of: Array(source.articles.values))
        source.frequencies = Dictionary(
            try DictionariesStore(transaction).orderFrequencies().map { ($0.code, $0.chinese) }
        ) { first, _ in first }
        let facts = try PatientStore(transaction).facts(of: context.patient.id, of: consortium, on: source.writtenOn)
        source.allergies = facts.allergies.map(\.name)
        source.weightGrams = facts.weight?.grams
        return source
    }

    /// What the pharmacist decided about the current version (D006); `nil` when nobody has.
    public func reviewResult(_ id: PrescriptionID) throws -> NationalReviewResult? {
        NationalReviewResult(try context(id))
    }

    /// What was handed out (D007); `nil` when nothing was.
    public func dispenseResult(_ id: PrescriptionID) throws -> NationalDispenseResult? {
        let words = try WordsOfCodes(transaction)
        return NationalDispenseResult(
            try context(id).prescription.dispensings.compactMap { try contexts.dispensing($0, words) })
    }

    private func context(_ id: PrescriptionID) throws -> PrescriptionInContext {
        guard let found = try contexts.prescription(id, try WordsOfCodes(transaction)) else {
            throw FHIRRefusal(.resourceUnknown, "prescription \(id)")
        }
        return found
    }

    private var contexts: ContextStore { ContextStore(transaction: transaction, consortium: consortium) }
}
