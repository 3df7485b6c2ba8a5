public import Primitives

/// Every way a repeated command is refused.
public enum CommandsRefusalCode: String, RefusalCode {
    case requestIDReused = "commands.request-id-reused"

    public var category: RefusalCategory { .conflict }

    public var meaning: Phrase {
        Phrase("请求号已用于另一条命令", "The request id was already used for another command")
    }
}

public typealias CommandsRefusal = Refused<CommandsRefusalCode>
