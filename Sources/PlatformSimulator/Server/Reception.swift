import NIOHTTP1
import Primitives
import Synchronization

/// Finds out who is spoken to, lets faults happen, and says what the connection is to do.
final class Reception: Sendable {
    let options: SimulatorOptions
    private let time: TimeSource
    private let premises: Mutex<Premises>
    private let zhejiang: ZhejiangFace
    private let shanghai: ShanghaiFace
    private let hall: HallFace
    private let insurer: InsurerFace
    /// Called when nobody is to listen for so many milliseconds.
    private let takesDown = Mutex<(@Sendable (Int) -> Void)?>(nil)

    init(_ options: SimulatorOptions, time: TimeSource) {
        self.options = options
        self.time = time
        premises = Mutex(Premises(options))
        zhejiang = ZhejiangFace(options)
        shanghai = ShanghaiFace(options)
        hall = HallFace(options)
        insurer = InsurerFace(options)
    }

    func whenTakenDown(_ act: @escaping @Sendable (Int) -> Void) { takesDown.withLock { $0 = act } }

    /// Lets everything happen that is due, and gives what then is.
    func snapshot() -> Premises {
        premises.withLock { premises in
            premises.platform.advance(to: time.now)
            return premises
        }
    }

    /// Lets a pharmacy fill a prescription.
    func use(insurerNumber: String) {
        premises.withLock { premises in premises.hall.use(insurerNumber, at: time.now) }
    }

    func setFaults(_ rates: [SimulatorFault: Int]) { premises.withLock { $0.dice.rates = rates } }

    /// Faults a new connection meets.
    func meet() -> Set<SimulatorFault> {
        let faults = premises.withLock { premises in
            var faults = premises.dice.ofConnection()
            if faults.contains(.refusedConnection) { faults = [.refusedConnection] }
            premises.dice.count(faults)
            return faults
        }
        if faults.contains(.refusedConnection), options.faultDetails.downMilliseconds > 0 {
            takesDown.withLock { $0 }?(options.faultDetails.downMilliseconds)
        }
        return faults
    }

    func answer(_ request: IncomingRequest) -> [Act] {
        switch request.path {
        case "/zhejiang-drugs/token": serve(request, .zhejiang) { zhejiang.token(request) }
        case "/zhejiang-drugs/service": serve(request, .zhejiang) { zhejiang.service(request) }
        case "/shanghai-drugs/ysxt-ws/service/mainservice": serve(request, .shanghai) { shanghai.call(request) }
        case "/national-stock/fsi/api/rsfComIfsService/callService": serve(request, .insurer) { insurer.service(request) }
        default:
            if let asked = hall.call(request) {
                serve(request, .hall) { asked }
            } else {
                ControlDesk(reception: self).answer(request)
            }
        }
    }

    private func serve(_ request: IncomingRequest, _ face: SimulatorFace, _ ask: () -> Asked) -> [Act] {
        guard request.method == .POST else {
            return [.send(HTTPBytes.answer(405, [], keepsAlive: request.keepsAlive, more: ["Allow: POST"]))]
        }
        let asked = ask()
        return premises.withLock { premises in
            let now = time.now
            premises.platform.advance(to: now)
            premises.requests[asked.operation, default: 0] += 1
            var turn = Turn(now: now, drawn: premises.dice.ofRequest(asked.operation), details: options.faultDetails)
            let acts = serve(asked, face, &premises, &turn, keepsAlive: request.keepsAlive)
            premises.dice.count(turn.met)
            return acts
        }
    }

    private func serve(
        _ asked: Asked, _ face: SimulatorFace, _ premises: inout Premises, _ turn: inout Turn, keepsAlive: Bool
    ) -> [Act] {
        if turn.meets(.resetBeforeCommit) { return [.reset] }
        for (fault, status) in [(SimulatorFault.status429, 429), (.status503, 503)] where turn.meets(fault) {
            let wait = "Retry-After: \(options.faultDetails.retryAfterSeconds)"
            return [.send(HTTPBytes.answer(status, contentType: "text/plain", [], keepsAlive: keepsAlive, more: [wait]))]
        }
        var answer = asked.answer(&premises, &turn)
        let before = premises.previous[face]
        premises.previous[face] = answer
        if turn.meets(.resetAfterCommit) { return [.reset] }
        if let before, turn.meets(.answerToAnother) { answer = before }
        if answer.body.count > 1, turn.meets(.malformed) {
            answer.body = Spoiling.spoilt(answer.body, isCutOff: premises.dice.coin())
        }
        return Delivering.acts(answer, &turn, keepsAlive: keepsAlive)
    }
}
