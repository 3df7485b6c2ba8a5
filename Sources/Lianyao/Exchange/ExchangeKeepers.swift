import InsuranceUploads
import PlatformExchange

/// Who knows the documents that dispatchers tell besides orders and receipts.
enum ExchangeKeepers {
    static let all: [any FactKeeper] = [UploadFacts()]
}
