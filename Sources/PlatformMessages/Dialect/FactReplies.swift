extension CatalogueDialect {
    func reply(in answer: PlatformAnswer, to fact: PlatformFact, stamped stamp: PlatformStamp) -> PlatformReply {
        let record = Record(fact).stamped(stamp, by: account)
        guard let map = try? catalogue.facts[fact.kind]?.fitting(record) else {
            return .unclear("the platform has no message for \(fact.kind.rawValue)")
        }
        let reading = FactReading(map: map, rules: map.codes + catalogue.codes.line, record: record, document: fact.kind.document)
        let judgement = judgement(on: answer, at: map.place, to: record[wire.echo]?.text ?? "", own: map.codes, isQuestion: false)
        let isNamed = judgement.isNamed
        do {
            switch judgement.verdict {
            case .taken(let node): return try reading.taken(node, isNamed: isNamed)
            case .alreadyDone(let node): return try reading.alreadyDone(node, isNamed: isNamed)
            case .linesRefused(let node, let complaint): return try reading.linesRefused(node, complaint, isNamed: isNamed)
            case .refused(let node, let complaint), .notFound(let node, let complaint):
                return try reading.refused(node, complaint, isNamed: isNamed)
            case .notNow(let node, let complaint, let pause): return try reading.untouched(node, .notDone(complaint, after: pause))
            case .needsToken(let node): return try reading.untouched(node, .needsToken)
            case .unclear(let reason): return .unclear(reason)
            }
        } catch {
            return .unclear(error.reason)
        }
    }
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
        case .checkPrescription, .signPrescription, .uploadPrescription, .revokePrescription: .ownCode
        case .uploadCount, .uploadCounts, .uploadChange, .uploadChanges, .uploadPurchase, .uploadPurchases, .uploadPurchaseReturn,
            .uploadPurchaseReturns, .uploadSale, .uploadSales, .uploadSaleReturn, .uploadSaleReturns, .uploadDeletion,
            .uploadDeletions:
            .uploadRecord
        }
    }
}
