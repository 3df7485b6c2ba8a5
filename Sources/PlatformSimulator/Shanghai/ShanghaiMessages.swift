/// What Shanghai can be asked.
enum ShanghaiMessages {
    typealias Message = @Sendable (ShanghaiCall, inout Platform, inout Turn) throws(ShanghaiRefusal) -> ShanghaiAnswer

    static let all: [String: Message] = [
        "YY001": ShanghaiDeliveryPoints.upload,
        "YY003": ShanghaiDeliveries.waiting, "YY005": ShanghaiDeliveries.notes, "YY006": ShanghaiDeliveries.lines,
        "YY004": ShanghaiInvoices.waiting, "YY007": ShanghaiInvoices.invoices, "YY008": ShanghaiInvoices.lines,
        "YY009": ShanghaiOrderFill.fill, "YY010": ShanghaiOrderConfirm.confirm,
        "YY011": ShanghaiReturns.fill, "YY012": ShanghaiReturns.confirm,
        "YY016": ShanghaiReconciliation.reconcile,
        "YY017": ShanghaiAcceptance.payment, "YY018": ShanghaiAcceptance.delivery, "YY019": ShanghaiAcceptance.invoice,
        "YY020": ShanghaiDocumentQuery.query, "YY021": ShanghaiLineStates.list,
    ]
}
