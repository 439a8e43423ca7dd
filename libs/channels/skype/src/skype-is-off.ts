/** Why the channel is off unless somebody switches it on, and what it is good for then: a sentence for people. */
export const SKYPE_IS_OFF =
  'Microsoft shut Skype down on 5 May 2025, so this channel is off by default; its protocol, the Bot Framework Connector, lives on for Teams: switch it on for bots with another channelId (msteams) and serviceUrl.';
