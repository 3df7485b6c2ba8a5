public import ShangMi

/// Who calls the service hall for prescriptions, and by which keys. Without keys there is no hall.
public struct ServiceHallOptions: Sendable {
    /// `appId`
    public var application = ""
    public var secret = ""
    /// With which callers sign.
    public var callersKey: SM2PublicKey?
    /// With which the hall signs.
    public var ownKey: SM2PrivateKey?
    /// How far a caller's clock may be off.
    public var clockSeconds: Int64 = 600

    public init() {}
}
