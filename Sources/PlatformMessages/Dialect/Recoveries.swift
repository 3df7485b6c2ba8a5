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
        default: nil
        }
    }
}
