import Primitives

extension CatalogueDialect {
    func recovery(of fact: PlatformFact) -> PlatformRecovery {
        switch (try? catalogue.facts[fact.kind]?.fitting(Record(fact)))?.recovery {
        case .tellAgain(let reason): .tellAgain(because: reason)
        case .ask(let kind): fact.question(kind).map(PlatformRecovery.ask) ?? .none
        case .some(.none), nil: .none
        }
    }
}

extension PlatformFact {
    /// The question about the same thing; `nil` when the kinds do not go together.
    func question(_ kind: PlatformQuestionKind) -> PlatformQuestion? {
        switch (self, kind) {
        case (.createOrder(let order), .orderLines), (.sendOrder(let order), .orderLines), (.changeOrder(let order), .orderLines),
            (.voidOrder(let order), .orderLines):
            .orderLines(order)
        case (.changeOrder(let order), .draftLines): .draftLines(order)
        case (.acceptDelivery(let receipt), .deliveryLine): .deliveryLine(receipt)
        case (.applyReturn(let returned), .returnState), (.confirmReturn(let returned), .returnState): .returnState(returned)
        case (.acceptInvoice(let invoice), .invoiceState), (.confirmPayment(let invoice), .invoiceState): .invoiceState(invoice)
        case (.saveDeliveryPoint, .deliveryPoints): .deliveryPoints
        case (.upload(let upload), let kind): upload.question(kind)
        default: nil
        }
    }
}

extension PlatformUpload {
    /// What the platform has of the batch on the day of the one record; `nil` for several, and when the kinds do not go together.
    func question(_ kind: PlatformQuestionKind) -> PlatformQuestion? {
        guard let record = records.first, records.count == 1, let about = self.kind.asked, about.questionKind == kind else {
            return nil
        }
        let day = record.at.businessDay
        return .uploads(
            PlatformUploadQuestion(
                about: about, institution: institution, serial: record.serial, key: record.key,
                days: PlatformDays(from: day, through: day)))
    }
}
