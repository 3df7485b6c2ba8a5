/// What facts, questions, accounts and stamps are made of, by the names that catalogues use on their side of a field.
enum NeutralName: String, Sendable, Hashable, CaseIterable {
    // Of every message.
    case institution, message
    case institutionName = "institution-name"
    /// The division of whoever is insured.
    case insuredDivision = "insured-division"
    case messageID = "message-id"
    case operation
    case sentAt = "sent-at"
    case page, cursor
    case pageRows = "page-rows"
    case token

    // Of an order.
    case orderNumber = "order-number"
    case platformOrder = "platform-order"
    case deliveryPoint = "delivery-point"
    case latestArrival = "latest-arrival"
    case orderAmount = "order-amount"
    case lineCount = "line-count"
    /// `add`, `remove` or `change`.
    case change

    // Of its lines.
    case lineKey = "line-key"
    case lineNumber = "line-number"
    case platformLine = "platform-line"
    case orderLine = "order-line"
    case product, supplier, packs, note
    /// A product's code before its slash, and behind it: some platforms keep it in two fields.
    case productHead = "product-head"
    case productTail = "product-tail"
    case supplierName = "supplier-name"
    case packPrice = "pack-price"
    case purchaseKind = "purchase-kind"
    case keyedNote = "keyed-note"

    // Of deliveries.
    case deliveryLine = "delivery-line"
    case deliveryNote = "delivery-note"
    case platformNote = "platform-note"
    case noteBarcode = "note-barcode"
    case batch, reason
    case acceptedBatch = "accepted-batch"
    case acceptance
    case packsDelivered = "packs-delivered"
    case packsAccepted = "packs-accepted"
    case packsRejected = "packs-rejected"
    case madeOn = "made-on"
    case expiresOn = "expires-on"

    // Of returns.
    case returnNumber = "return-number"
    case platformReturn = "platform-return"
    case volumePurchase = "volume-purchase"
    case numberedReason = "numbered-reason"
    case remark

    // Of invoices, settlements and statements.
    case platformInvoice = "platform-invoice"
    case invoiceLine = "invoice-line"
    case invoiceCode = "invoice-code"
    case invoiceNumber = "invoice-number"
    case invoiceDate = "invoice-date"
    case invoiceCount = "invoice-count"
    case reference, amount, total, credit
    case settlement, approval
    case period

    // Of periods that are asked for.
    case from, through, moment

    // Of delivery points and articles.
    case ownCode = "own-code"
    case articleKind = "article-kind"
    case unit, inquiry
    case name, province, city, county, address, contact, telephone
    case postcode = "post-code"
    case insuranceCode = "insurance-code"
    case approvalNumber = "approval-number"
    case specification, price, listing
    case listedPrice = "listed-price"

    // Of uploads to insurers.
    case recordKey = "record-key"
    case batchSerial = "batch-serial"
    case saleKind = "sale-kind"
    case manufacturer, quantity, person
    case splitPack = "split-pack"
    case occurredAt = "occurred-at"
    case traceCode = "trace-code"
    case stockChange = "stock-change"
    case deletedKind = "deleted-kind"
    case originalRecord = "original-record"
    case supplierLicence = "supplier-licence"
    case prescriber, pharmacist, visit, prescription, issue, payer, patient, certificate
    case pharmacistLicence = "pharmacist-licence"
    case saleDocument = "sale-document"
    case settlementType = "settlement-type"
    case insuredNumber = "insured-number"
    case certificateKind = "certificate-kind"
    case uploadRecord = "upload-record"
    case returning, validity

    // Of an answer's lines.
    case complaintCode = "complaint-code"
    case complaintText = "complaint-text"
    case state
}

/// Lists inside facts and questions.
enum NeutralList: String, Sendable, Hashable, CaseIterable {
    case lines
    /// Of one record.
    case traceCodes = "trace-codes"
}
