/// A platform as its catalogue describes it.
public struct PlatformDescription: Sendable, Hashable {
    /// `zhejiang-drugs`.
    public var code: String
    public var name: String
    /// What the field maps are taken from, which version of it, and how sure they are.
    public var specSource: String
    public var specVersion: String
    public var confidence: String
    public var limits: PlatformLimits

    public init(
        code: String, name: String, specSource: String, specVersion: String, confidence: String,
        limits: PlatformLimits = PlatformLimits()
    ) {
        self.code = code
        self.name = name
        self.specSource = specSource
        self.specVersion = specVersion
        self.confidence = confidence
        self.limits = limits
    }
}
