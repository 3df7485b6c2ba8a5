/// The national insurance envelope as a platform wants it.
struct NationalEnvelopeMap: Sendable, Hashable {
    /// What stands around `input`, by the platform's names.
    var envelope: [RequestField]
    /// What stands in `input` beside a message's own node, such as the token.
    var beside: [RequestField]
    /// Where messages stand that do not say where they do.
    var place: MessagePlace
    var answer: EnvelopeAnswer
    var token: TokenMap?
    /// Whether requests go through an x-tif gateway, which wants headers of its own.
    var hasGateway: Bool
}

/// What the parts of an answer are called that say whether it is a yes.
struct EnvelopeAnswer: Sendable, Hashable {
    /// Of the envelope; the first that is there counts.
    var codes = ["infcode"]
    var texts = ["err_msg"]
    /// Of what the envelope holds.
    var businessCodes = ["returnCode"]
    var businessTexts = ["returnMsg"]
    /// Whether a message whose answer holds no such code was taken all the same when the envelope says so.
    var mayLackBusiness = false
}
