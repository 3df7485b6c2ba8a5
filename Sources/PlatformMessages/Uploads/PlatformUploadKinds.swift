// The names of uploads among facts and questions.

extension PlatformUpload {
    /// Its name in catalogues and in the outbox.
    public var factKind: PlatformFactKind { kind.factKind(isBatch: isBatch) }
}

extension PlatformUploadKind {
    public func factKind(isBatch: Bool = false) -> PlatformFactKind {
        switch self {
        case .count: isBatch ? .uploadCounts : .uploadCount
        case .change: isBatch ? .uploadChanges : .uploadChange
        case .purchase: isBatch ? .uploadPurchases : .uploadPurchase
        case .purchaseReturn: isBatch ? .uploadPurchaseReturns : .uploadPurchaseReturn
        case .sale: isBatch ? .uploadSales : .uploadSale
        case .saleReturn: isBatch ? .uploadSaleReturns : .uploadSaleReturn
        case .deletion: isBatch ? .uploadDeletions : .uploadDeletion
        }
    }

    /// What a platform is asked to see records of this kind.
    public var asked: PlatformUploadQuestion.About? {
        switch self {
        case .count: .counts
        case .change: .changes
        case .purchase, .purchaseReturn: .purchases
        case .sale, .saleReturn: .sales
        case .deletion: nil
        }
    }
}

extension PlatformFactKind {
    /// The kind of upload, and whether it is the form of several; `nil` for every other fact.
    var upload: (kind: PlatformUploadKind, isBatch: Bool)? {
        for kind in PlatformUploadKind.allCases {
            if kind.factKind() == self { return (kind, false) }
            if kind.factKind(isBatch: true) == self { return (kind, true) }
        }
        return nil
    }

    /// What a catalogue of a procurement platform need not speak of.
    var isUpload: Bool { upload != nil }
}

extension PlatformUploadQuestion.About {
    public var questionKind: PlatformQuestionKind {
        switch self {
        case .counts: .uploadedCounts
        case .changes: .uploadedChanges
        case .purchases: .uploadedPurchases
        case .sales: .uploadedSales
        case .purchaseCodes: .uploadedPurchaseCodes
        case .saleCodes: .uploadedSaleCodes
        }
    }
}

extension PlatformQuestionKind {
    var upload: PlatformUploadQuestion.About? {
        PlatformUploadQuestion.About.allCases.first { $0.questionKind == self }
    }
}
