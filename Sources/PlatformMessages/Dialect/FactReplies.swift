extension CatalogueDialect {
    func reply(in answer: PlatformAnswer, to fact: PlatformFact, stamped stamp: PlatformStamp) -> PlatformReply {
        guard let map = catalogue.facts[fact.kind] else { return .unclear("the platform has no message for \(fact.kind.rawValue)") }
        let record = Record(fact).stamped(stamp, by: account)
        let reading = FactReading(map: map, rules: map.codes + catalogue.codes.line, record: record, document: fact.kind.document)
        do {
            switch verdict(on: answer, to: stamp.message, own: map.codes, isQuestion: false) {
            case .taken(let node): return try reading.taken(node)
            case .alreadyDone(let node): return try reading.alreadyDone(node, isNamed: wireNamesAnswers)
            case .linesRefused(let node, let complaint): return try reading.linesRefused(node, complaint)
            case .refused(let node, let complaint), .notFound(let node, let complaint):
                return try reading.refused(node, complaint, isNamed: wireNamesAnswers)
            case .notNow(let node, let complaint, let pause): return try reading.untouched(node, .notDone(complaint, after: pause))
            case .needsToken(let node): return try reading.untouched(node, .needsToken)
            case .unclear(let reason): return .unclear(reason)
            }
        } catch {
            return .unclear(error.reason)
        }
    }

    /// Whether every answer gives back which message it is to.
    private var wireNamesAnswers: Bool { if case .soapXML = catalogue.wire { true } else { false } }
}

extension PlatformFactKind {
    /// The name of the document's number that the platform gives.
    var document: NeutralName {
        switch self {
        case .createOrder, .sendOrder, .changeOrder, .voidOrder: .platformOrder
        case .acceptDelivery: .deliveryLine
        case .applyReturn, .confirmReturn: .platformReturn
        case .acceptInvoice, .confirmPayment: .platformInvoice
        case .createSettlement, .addToSettlement, .submitSettlement, .examineSettlement: .settlement
        case .saveDeliveryPoint, .reportStock: .deliveryPoint
        case .createInquiry, .sendInquiry: .inquiry
        case .selectListings, .setSuppliers: .product
        case .uploadCount, .uploadCounts, .uploadChange, .uploadChanges, .uploadPurchase, .uploadPurchases, .uploadPurchaseReturn,
            .uploadPurchaseReturns, .uploadSale, .uploadSales, .uploadSaleReturn, .uploadSaleReturns, .uploadDeletion,
            .uploadDeletions:
            .uploadRecord
        }
    }
}
