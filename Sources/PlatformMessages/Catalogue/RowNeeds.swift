/// What a row of each kind cannot be without.
enum RowNeeds {
    static func names(of kind: PlatformQuestionKind) -> [NeutralName] {
        switch kind {
        case .orderLines: []
        case .draftLines, .orders: [.platformLine]
        case .noteLines: [.deliveryLine]
        case .invoices: [.invoiceNumber]
        case .deliveryLines: [.deliveryLine, .orderLine, .packs]
        case .deliveryLine: []
        case .invoiceLines:
            [.invoiceLine, .invoiceNumber, .supplier, .total, .packs, .packPrice, .amount]
        case .linesOfInvoice: [.invoiceLine, .packs, .packPrice, .amount]
        case .returns: [.platformReturn, .packs]
        case .returnState, .invoiceState: []
        case .deliveryNotes: [.deliveryNote]
        case .statement: [.supplier, .invoiceCount, .amount]
        case .suppliers: [.supplier, .supplierName]
        case .deliveryPoints: [.deliveryPoint]
        case .catalogue, .listings, .emergencyListings: [.product, .name]
        case .prescriptionState, .prescriptionReview, .prescriptionUse, .circulatingDrugs: []
        case .uploadedCounts, .uploadedChanges, .uploadedPurchases, .uploadedSales: [.batchSerial, .quantity]
        case .uploadedPurchaseCodes, .uploadedSaleCodes: [.batchSerial, .traceCode]
        }
    }

    /// The states that rows of this kind can be in.
    static func states(of kind: PlatformQuestionKind) -> [String] {
        switch kind {
        case .orderLines, .draftLines, .orders: PlatformOrderLineState.State.allCases.map(\.rawValue)
        case .deliveryLines, .deliveryLine, .noteLines: PlatformDeliveryLine.State.allCases.map(\.rawValue)
        case .returns, .returnState: PlatformReturnState.State.allCases.map(\.rawValue)
        case .invoiceState, .invoices: PlatformInvoiceState.State.allCases.map(\.rawValue)
        case .deliveryNotes: PlatformDeliveryNote.State.allCases.map(\.rawValue)
        case .invoiceLines, .linesOfInvoice, .statement, .deliveryPoints, .suppliers, .catalogue, .listings, .emergencyListings,
            .uploadedCounts,
            .uploadedChanges, .uploadedPurchases, .uploadedSales, .uploadedPurchaseCodes, .uploadedSaleCodes, .prescriptionState,
            .prescriptionReview, .prescriptionUse, .circulatingDrugs:
            []
        }
    }

    /// Whether a row must be in one of them.
    static func hasState(_ kind: PlatformQuestionKind) -> Bool { !states(of: kind).isEmpty && kind != .deliveryLines }
}
