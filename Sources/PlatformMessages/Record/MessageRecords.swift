extension Record {
    init(_ fact: PlatformFact) {
        switch fact {
        case .createOrder(let order), .sendOrder(let order), .changeOrder(let order), .voidOrder(let order): self.init(order)
        case .acceptDelivery(let receipt): self.init(receipt)
        case .applyReturn(let returned), .confirmReturn(let returned): self.init(returned)
        case .acceptInvoice(let invoice), .confirmPayment(let invoice): self.init(invoice)
        case .createSettlement(let settlement), .addToSettlement(let settlement), .submitSettlement(let settlement),
            .examineSettlement(let settlement):
            self.init(settlement)
        case .saveDeliveryPoint(let point): self.init(point)
        case .selectListings(let assortment), .setSuppliers(let assortment): self.init(assortment)
        case .reportStock(let stock): self.init(stock)
        case .createInquiry(let inquiry), .sendInquiry(let inquiry): self.init(inquiry)
        // They are told by the interface's own names.
        case .checkPrescription, .signPrescription, .uploadPrescription, .revokePrescription: self.init()
        case .upload(let upload): self.init(upload)
        }
    }

    init(_ question: PlatformQuestion) {
        switch question {
        case .orderLines(let order), .draftLines(let order): self.init(order)
        case .deliveryLine(let receipt): self.init(receipt)
        case .returnState(let returned): self.init(returned)
        case .invoiceState(let invoice), .linesOfInvoice(let invoice): self.init(invoice)
        case .deliveryLines(let days), .invoiceLines(let days), .returns(let days), .deliveryNotes(let days), .orders(let days),
            .invoices(let days), .listings(let days), .emergencyListings(let days):
            self.init(days)
        case .noteLines(let note): self.init(note)
        case .statement(let statement): self.init(statement)
        case .suppliers(let product): self.init([.product: .of(product)])
        case .deliveryPoints, .catalogue: self.init()
        case .prescriptionState, .prescriptionReview, .prescriptionUse, .circulatingDrugs: self.init()
        case .uploads(let question): self.init(question)
        }
    }
}
