/// Everything that changes while a platform serves.
struct Premises: Sendable {
    var platform: Platform
    var dice: FaultDice
    var tokens: TokenDesk
    var hall = HallBook()
    var insurer = InsurerBook()
    /// By operation.
    var requests: [String: Int] = [:]
    /// What each face answered last, for ``SimulatorFault/answerToAnother``.
    var previous: [SimulatorFace: FaceAnswer] = [:]

    init(_ options: SimulatorOptions) {
        platform = Platform(options)
        dice = FaultDice(options)
        tokens = TokenDesk(seed: options.seed)
    }
}

/// An answer of a face, before faults are done to it.
struct FaceAnswer {
    var status = 200
    var contentType: String
    var body: [UInt8]
}

/// What somebody asks of a face.
struct Asked {
    /// As it is counted and scripted: `YY009`, `ZJ9653`, `token`; `unreadable` when it cannot be told.
    let operation: String
    /// Does what is asked, and says so.
    let answer: @Sendable (inout Premises, inout Turn) -> FaceAnswer
}
