/** What is said where a file is entered, in Chinese. */
export const fileEntry = {
  fileChoose: '选择文件',
  fileDrop: '或拖到这里。',
  filePictures: (megabytes: number) => `PNG、JPEG、GIF 或 WebP 图片，最大 ${megabytes} MB`,
  fileAny: (megabytes: number) => `最大 ${megabytes} MB`,
  fileSending: (label: string) => `正在上传“${label}”`,
  fileReplace: '更换',
  fileRemove: '移除',
  fileTaken: (name: string) => `已上传 ${name}`,
  fileRemoved: '已移除文件',
  fileTooLarge: (megabytes: number) => `文件太大，最大 ${megabytes} MB`,
  fileFailed: '没有上传成功，请检查网络后重试',
  fileUntold: '文件',
};
