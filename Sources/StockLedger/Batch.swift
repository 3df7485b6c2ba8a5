import Postgres
public import Primitives

/// What makes a batch one batch: the article, the manufacturer's number, the expiry.
public struct BatchKey: Sendable, Hashable, Codable {
    public let article: ArticleID
    public let product: ProductID
    public let batchNumber: String
    /// On this day and after it the batch is not used.
    public let expiresOn: CalendarDate

    public init(article: ArticleID, product: ProductID, batchNumber: String, expiresOn: CalendarDate) {
        self.article = article
        self.product = product
        self.batchNumber = batchNumber
        self.expiresOn = expiresOn
    }

    /// - Throws: ``StockLedgerRefusal`` `stock-ledger.batch-number-invalid` when the number has no character, more than 40,
    ///   or one that cannot be printed.
    func checkNumber(field: String) throws(StockLedgerRefusal) {
        guard (1...40).contains(batchNumber.count), batchNumber.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw StockLedgerRefusal(.batchNumberInvalid, "1 to 40 printable characters", field: field) }
    }
}

/// A quantity of a batch that may be new to the consortium.
public struct BatchQuantity: Sendable, Hashable {
    public let batch: BatchKey
    public let quantity: BaseUnits

    public init(batch: BatchKey, quantity: BaseUnits) {
        self.batch = batch
        self.quantity = quantity
    }
}

/// A quantity of a product, whichever batches serve it.
public struct ProductQuantity: Sendable, Hashable {
    public let product: ProductID
    public let quantity: BaseUnits
    /// The last day on which it will be used; batches that expire on it or before are passed over. `nil`: today.
    public let usedThrough: CalendarDate?

    public init(product: ProductID, quantity: BaseUnits, usedThrough: CalendarDate? = nil) {
        self.product = product
        self.quantity = quantity
        self.usedThrough = usedThrough
    }
}

/// A quantity taken from, or given back to, one known batch.
public struct Pick: Sendable, Hashable, Codable {
    public let batch: BatchID
    public let article: ArticleID
    public let product: ProductID
    public let batchNumber: String
    public let expiresOn: CalendarDate
    public let quantity: BaseUnits

    public init(
        batch: BatchID, article: ArticleID, product: ProductID, batchNumber: String, expiresOn: CalendarDate,
        quantity: BaseUnits
    ) {
        self.batch = batch
        self.article = article
        self.product = product
        self.batchNumber = batchNumber
        self.expiresOn = expiresOn
        self.quantity = quantity
    }

    /// The same batch with another quantity.
    public func with(_ quantity: BaseUnits) -> Pick {
        Pick(
            batch: batch, article: article, product: product, batchNumber: batchNumber, expiresOn: expiresOn,
            quantity: quantity)
    }
}

extension Pick {
    init(_ row: Row) throws {
        self.init(
            batch: try row["batch_id"], article: try row["article_id"], product: try row["product_id"],
            batchNumber: try row["batch_number"], expiresOn: try row["expires_on"], quantity: try row["quantity"])
    }
}
