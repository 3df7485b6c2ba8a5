extension CatalogueDialect {
    func finding(in pages: [PlatformPage], about fact: PlatformFact) -> PlatformReply {
        guard let last = pages.last, last.next == nil else { return .unclear("not every page has been seen") }
        if let row = pages.flatMap(\.unreadable).first { return .unclear("a row cannot be read: \(row.reason)") }
        let question = question(about: fact)
        let finding = Finding(
            rows: pages.flatMap(\.rows), absenceMeansNotDone: question?.absenceMeansNotDone.contains(fact.kind) == true)
        switch fact {
        case .createOrder(let order): return finding.held(order)
        case .changeOrder(let order): return finding.changed(order)
        case .sendOrder(let order): return finding.sent(order)
        case .voidOrder(let order): return finding.voided(order)
        case .acceptDelivery(let receipt): return finding.accepted(receipt)
        case .applyReturn(let returned): return finding.applied(returned)
        case .confirmReturn(let returned): return finding.confirmed(returned)
        case .acceptInvoice(let invoice): return finding.accepted(invoice)
        case .confirmPayment(let invoice): return finding.paid(invoice)
        case .saveDeliveryPoint(let point): return finding.saved(point)
        case .upload(let upload): return finding.uploaded(upload)
        case .createSettlement, .addToSettlement, .submitSettlement, .examineSettlement, .reportStock, .createInquiry, .sendInquiry,
            .selectListings, .setSuppliers, .checkPrescription, .signPrescription, .uploadPrescription, .revokePrescription:
            return .unclear("no question shows it")
        }
    }

    private func question(about fact: PlatformFact) -> QuestionMap? {
        guard case .ask(let question)? = (try? catalogue.facts[fact.kind]?.fitting(Record(fact)))?.recovery else { return nil }
        return catalogue.questions[question]
    }
}

/// What all rows of an answer show of a fact.
struct Finding {
    let rows: [PlatformRow]
    let absenceMeansNotDone: Bool

    static func notDone(_ text: String) -> PlatformReply { .notDone(PlatformComplaint(code: "", text: text), after: nil) }

    /// There is no row about the thing.
    var absent: PlatformReply {
        absenceMeansNotDone ? Self.notDone("the platform does not have it") : .unclear("the platform shows nothing about it")
    }
}
