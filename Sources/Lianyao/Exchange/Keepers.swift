import InsuranceUploads
import PlatformExchange
import PrescriptionUploads

/// What the modules above the exchange tell and ask platforms.
enum Keepers {
    static let facts: [any FactKeeper] = [StockUploadFacts(), UploadFacts()]
    static let questions: [any Questioner] = [UploadQuestions()]
}
