/// What a platform is for. A catalogue speaks of every kind of message of its families, be it to say why there is none.
enum KindFamily: String, Sendable, Hashable, CaseIterable {
    /// Orders, deliveries, invoices, settlements.
    case procurement
    /// What an insurer is told of stock and sales.
    case uploads
}

protocol KindOfMessage: RawRepresentable<String>, CaseIterable, Hashable {
    var family: KindFamily { get }
}

extension PlatformFactKind: KindOfMessage {
    var family: KindFamily { isUpload ? .uploads : .procurement }
}

extension PlatformQuestionKind: KindOfMessage {
    var family: KindFamily { upload != nil ? .uploads : .procurement }
}
